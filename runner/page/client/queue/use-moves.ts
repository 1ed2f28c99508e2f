import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/**
 * Has cards glide from where they stood to where they stand now; for those who want less motion
 * they are there at once.
 * @param state what the cards are drawn from: anything new means that they may have moved
 * @returns goes to the element that holds the cards
 */
export function useMoves<Holder extends HTMLElement>(state: unknown): RefObject<Holder | null> {
  const holder = useRef<Holder>(null);
  const places = useRef(new Map<string, { x: number; y: number }>());
  useLayoutEffect(() => {
    const before = places.current;
    const after = new Map<string, { x: number; y: number }>();
    const origin = holder.current?.getBoundingClientRect();
    if (!holder.current || !origin) return;
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
    for (const card of holder.current.querySelectorAll<HTMLElement>('[data-job]')) {
      const job = card.dataset.job ?? '';
      // Where it is by the layout, wherever it glides just now.
      const place = { x: card.offsetLeft, y: card.offsetTop };
      const last = before.get(job);
      after.set(job, place);
      if (isStill || !last || (last.x === place.x && last.y === place.y)) continue;
      const from = `translate(${last.x - place.x}px, ${last.y - place.y}px)`;
      card.animate([{ transform: from }, { transform: 'none' }], glide);
    }
    places.current = after;
  }, [state]);
  return holder;
}

const glide = { duration: 260, easing: 'ease-out' };
