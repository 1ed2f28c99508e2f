// @ts-nocheck: it runs in a browser, whose types are no part of this program.
// In the page of a class: sorts its table and finds in it. The page is whole without it.
{
  const one = (selector) => document.querySelector(selector);
  const table = one('#learners').closest('table');
  const [body] = table.tBodies;
  const form = one('form.finder');
  const find = one('#find');
  const failure = one('#failure');
  const shown = one('#shown');
  const rows = [...body.rows];
  const heads = [...table.tHead.rows[0].cells];
  const names = rows.map((row) => row.cells[0].textContent.toLowerCase());
  const { compare: compareNames } = new Intl.Collator(undefined, { numeric: true });

  const narrow = () => {
    const text = find.value.trim().toLowerCase();
    const wanted = failure.value;
    let count = 0;
    rows.forEach((row, at) => {
      const failed = row.dataset.failures.split(' ');
      row.hidden = !names[at].includes(text) || (wanted !== '' && !failed.includes(wanted));
      if (!row.hidden) count += 1;
    });
    shown.textContent = `${count} of ${rows.length} shown`;
  };

  const sortBy = (column) => {
    const head = heads[column];
    // Names from A, numbers from the most; the second time the other way round.
    const first = column === 0 ? 'ascending' : 'descending';
    const other = column === 0 ? 'descending' : 'ascending';
    const order = head.getAttribute('aria-sort') === first ? other : first;
    for (const each of heads) each.removeAttribute('aria-sort');
    head.setAttribute('aria-sort', order);
    const sign = order === 'ascending' ? 1 : -1;
    const compare = (a, b) => {
      if (column === 0) return compareNames(a.cells[0].textContent, b.cells[0].textContent);
      return Number(a.cells[column].dataset.by) - Number(b.cells[column].dataset.by);
    };
    body.append(...[...rows].sort((a, b) => sign * compare(a, b)));
  };

  heads.forEach((head, column) => {
    const label = head.querySelector('.sorts');
    if (!label) return;
    const button = document.createElement('button');
    button.type = 'button';
    button.title = `Sort by ${label.title || label.textContent}`;
    button.append(...label.childNodes);
    button.addEventListener('click', () => sortBy(column));
    label.replaceChildren(button);
  });
  find.addEventListener('input', narrow);
  failure.addEventListener('change', narrow);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.hidden = false;
  narrow();
}
