import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { laneColour, lanesAmong } from '../../../report/html/lane-order';
import type { Span } from './playback';
import type { Row } from './run-log';

export interface OverviewProps {
  rows: readonly Row[];
  span: Span;
}

/** The whole run above its slider: a mark for each event, in the colour of its program. */
export function Overview({ rows, span }: OverviewProps): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const { current } = canvas;
    if (!current) return;
    const draw = () => drawMarks(current, rows, span);
    draw();
    const size = new ResizeObserver(draw);
    size.observe(current);
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    scheme.addEventListener('change', draw);
    return () => {
      size.disconnect();
      scheme.removeEventListener('change', draw);
    };
  }, [rows, span.start, span.end]);
  return (
    <div aria-hidden="true">
      <canvas ref={canvas} class="wire-overview" />
    </div>
  );
}

function drawMarks(canvas: HTMLCanvasElement, rows: readonly Row[], { start, end }: Span): void {
  const { clientWidth, clientHeight } = canvas;
  const scale = devicePixelRatio;
  canvas.width = clientWidth * scale;
  canvas.height = clientHeight * scale;
  const context = canvas.getContext('2d');
  if (!context) return;
  const style = getComputedStyle(canvas);
  const lanes = lanesAmong(rows).filter(({ kind }) => kind === 'program');
  const height = canvas.height / Math.max(1, lanes.length);
  const drawn = new Set<string>();
  for (const { program, at } of rows) {
    const lane = lanes.findIndex(({ name }) => name === program);
    const x = Math.round(((at - start) / Math.max(1, end - start)) * (canvas.width - scale));
    const mark = `${lane} ${x}`;
    if (drawn.has(mark)) continue;
    drawn.add(mark);
    context.fillStyle = style.getPropertyValue(`--${laneColour(lanes, lane)}`);
    context.fillRect(x, lane * height + scale, scale, Math.max(scale, height - 2 * scale));
  }
}
