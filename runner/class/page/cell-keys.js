// @ts-nocheck: it runs in a browser, whose types are no part of this program.
// In the page of a class: its cells are one stop of the Tab key, and arrow keys go from one to the next.
{
  const [body] = document.querySelector('#learners').closest('table').tBodies;
  let current = body.querySelector('td a');

  const stopAt = (link) => {
    current.tabIndex = -1;
    current = link;
    current.tabIndex = 0;
  };

  /** The next link that way, past rows that are not shown and cells that lead nowhere. */
  const next = (link, down, right) => {
    let row = link.closest('tr');
    let column = link.parentElement.cellIndex;
    for (;;) {
      if (down) row = down > 0 ? row.nextElementSibling : row.previousElementSibling;
      column += right;
      const cell = row?.cells[column];
      if (!cell) return undefined;
      const found = row.hidden ? null : cell.querySelector('a');
      if (found) return found;
    }
  };

  const ways = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] };
  if (current) {
    for (const link of body.querySelectorAll('td a')) link.tabIndex = -1;
    current.tabIndex = 0;
    body.addEventListener('focusin', ({ target }) => target.matches('td a') && stopAt(target));
    body.addEventListener('keydown', (event) => {
      const way = ways[event.key];
      if (!way || !event.target.matches('td a')) return;
      event.preventDefault();
      next(event.target, ...way)?.focus();
    });
    // What is filtered away is no place to stop at.
    document.querySelector('form.finder').addEventListener('input', () => {
      const first = body.querySelector('tr:not([hidden]) td a');
      if (current.closest('tr').hidden && first) stopAt(first);
    });
  }
}
