'use strict';
(() => {
  const search = document.getElementById('search');
  const found = document.getElementById('found');
  const rows = [...document.querySelectorAll('.row')];
  const reports = [...document.querySelectorAll('.report')];
  const words = new Map();
  const text = (element) => {
    if (!words.has(element)) words.set(element, element.textContent.toLowerCase());
    return words.get(element);
  };
  // Opens whatever is folded around the target, so that a link into a report shows its mark.
  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let up = target; up; up = up.parentElement) if (up.tagName === 'DETAILS') up.open = true;
    target.scrollIntoView({ block: 'center' });
  };
  const filter = () => {
    const terms = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const fits = (element) => terms.every((term) => text(element).includes(term));
    let count = 0;
    for (const row of rows) { row.hidden = !fits(row); count += row.hidden ? 0 : 1; }
    for (const report of reports) report.hidden = !fits(report);
    found.textContent = terms.length ? `${count} rows` : '';
  };
  let timer = 0;
  search.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(filter, 120); });
  let current = -1;
  const step = (by) => {
    const shown = rows.filter((row) => !row.hidden && row.offsetParent !== null);
    if (!shown.length) return;
    const at = shown.indexOf(rows[current]);
    const next = shown[Math.max(0, Math.min(shown.length - 1, at + by))];
    if (current >= 0) rows[current].classList.remove('current');
    current = rows.indexOf(next);
    next.classList.add('current');
    next.scrollIntoView({ block: 'center' });
  };
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target === search) {
      if (event.key === 'Escape') { search.value = ''; filter(); search.blur(); }
      return;
    }
    if (event.key === '/') { event.preventDefault(); search.focus(); }
    if (event.key === 'j') step(1);
    if (event.key === 'k') step(-1);
    if (event.key === 'b') history.back();
    if (event.key === 'Enter' && current >= 0) rows[current].querySelector('a')?.click();
  });
  addEventListener('hashchange', reveal);
  addEventListener('beforeprint', () => { for (const report of reports) report.open = true; });
  reveal();
})();
