import type { Page } from 'playwright-core';

/** How far two pictures are from each other. */
export interface Distance {
  /** Of the part that differs most: how much on the average, from 0 to 255. */
  most: number;
  /** The middle of that part in pixels of the screen, or what else is wrong. */
  where: string;
}

/**
 * Pictures of a screen, a quarter as wide and high: small to keep, and blind to how a machine smooths
 * its letters. A browser's own canvas draws them, so nothing else has to be installed.
 */
export class Pictures {
  readonly #blank: Page;

  /** @param blank an empty page of a browser */
  constructor(blank: Page) {
    this.#blank = blank;
  }

  /** Makes a picture of a screenshot; both are PNG. */
  async shrunk(screenshot: Buffer): Promise<Buffer> {
    const url = await this.#blank.evaluate<string>(
      `(${shrink})(${JSON.stringify(urlOf(screenshot))}, ${scale})`,
    );
    return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
  }

  /** Compares two pictures part by part, so that a small thing that is missing is not lost in the whole. */
  distance(one: Buffer, other: Buffer): Promise<Distance> {
    const urls = JSON.stringify([urlOf(one), urlOf(other)]);
    return this.#blank.evaluate<Distance>(`(${compare})(${urls}, ${part}, ${scale})`);
  }

  /** How wide a text is in the page's two families, in pixels: tells one machine's fonts from another's. */
  fonts(): Promise<Fonts> {
    return this.#blank.evaluate<Fonts>(`(() => {
      const canvas = document.createElement('canvas').getContext('2d');
      const width = (family) => {
        canvas.font = '16px ' + family;
        return Math.round(10 * canvas.measureText('The quick brown fox: 0123456789, {a[b]}').width) / 10;
      };
      return { text: width('system-ui'), mono: width('ui-monospace, monospace') };
    })()`);
  }
}

/** Widths in pixels. */
export interface Fonts {
  text: number;
  mono: number;
}

const scale = 4;

/** A part's side, in pixels of the picture. */
const part = 8;

function urlOf(png: Buffer): string {
  return `data:image/png;base64,${png.toString('base64')}`;
}

/* What the browser runs; it knows nothing of this file. */

const shrink = `async (url, scale) => {
  const image = await createImageBitmap(await (await fetch(url)).blob());
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(image.width / scale);
  canvas.height = Math.round(image.height / scale);
  const drawn = canvas.getContext('2d');
  drawn.imageSmoothingQuality = 'high';
  drawn.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/png');
}`;

const compare = `async (urls, part, scale) => {
  const [one, other] = await Promise.all(urls.map(async (url) => {
    const image = await createImageBitmap(await (await fetch(url)).blob());
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [image.width, image.height];
    const drawn = canvas.getContext('2d');
    drawn.drawImage(image, 0, 0);
    return drawn.getImageData(0, 0, image.width, image.height);
  }));
  const { width, height } = one;
  if (width !== other.width || height !== other.height) {
    return { most: 255, where: [width, height, 'and', other.width, other.height].join(' ') };
  }
  const far = (at) => Math.max(...[0, 1, 2].map((c) => Math.abs(one.data[at + c] - other.data[at + c])));
  let found = { most: 0, where: '' };
  for (let top = 0; top < height; top += part / 2) {
    for (let left = 0; left < width; left += part / 2) {
      let [sum, count] = [0, 0];
      for (let y = top; y < Math.min(top + part, height); y += 1) {
        for (let x = left; x < Math.min(left + part, width); x += 1) {
          sum += far(4 * (y * width + x));
          count += 1;
        }
      }
      if (sum / count > found.most) {
        const middle = [left, top].map((at) => scale * (at + part / 2));
        found = { most: sum / count, where: middle.join(', ') };
      }
    }
  }
  return found;
}`;
