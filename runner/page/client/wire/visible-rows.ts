/** What of a list is drawn, as places: from the first on, up to the end. */
export interface Slice {
  first: number;
  end: number;
}

/** What a window shows of a list, in pixels. */
export interface Frame {
  /** How far the list is scrolled. */
  scrolled: number;
  height: number;
  /** Of each line. */
  row: number;
}

/** The lines that a window shows, with some before and after that scrolling brings next. */
export function visibleRows(count: number, { scrolled, height, row }: Frame): Slice {
  const top = Math.min(scrolled, Math.max(0, count * row - height));
  const first = Math.floor(top / row / stride) * stride - stride;
  const end = (Math.ceil((top + height) / row / stride) + 1) * stride;
  return { first: Math.max(0, first), end: Math.min(count, end) };
}

/** The slice moves by so many lines at once, so that most scrolling draws nothing. */
const stride = 4;

/** Where to scroll so that a line stands whole in the window; as it is where it does. */
export function scrolledTo(place: number, { scrolled, height, row }: Frame): number {
  const [top, bottom] = [place * row, (place + 1) * row];
  if (top < scrolled) return top;
  return bottom > scrolled + height ? bottom - height : scrolled;
}
