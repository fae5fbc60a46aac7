// What a page looks like once it is drawn: what is too wide, nameless, boxed in, or hard to read. Empty is good.
() => {
  const rgb = c => c.match(/[\d.]+/g).map(Number)
  const luminance = c => rgb(c).slice(0, 3).map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, n) => sum + v * [.2126, .7152, .0722][n], 0)
  const contrast = (a, b) => {
    const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y)
    return (high + .05) / (low + .05)
  }
  const behind = e => { while (e && rgb(getComputedStyle(e).backgroundColor)[3] === 0) e = e.parentElement; return getComputedStyle(e ?? document.body).backgroundColor }
  for (const drawing of document.querySelectorAll('.drawing')) drawing.style.contentVisibility = 'visible' // else not yet laid out
  const paper = getComputedStyle(document.body).backgroundColor
  const plots = [...document.querySelectorAll('figure.plot svg.plot')].filter(s => s.checkVisibility())
  const texts = plots.flatMap(s => [...s.querySelectorAll('text')])
  const all = [...document.querySelectorAll('[id]')].map(e => e.id)
  const tokens = new Map([...document.querySelectorAll('.highlight pre span[class]')].map(e => [e.className, e]))
  return {
    plots: plots.length,
    paper,
    'too wide': Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth),
    nameless: document.querySelectorAll('main img:not([alt]), figure svg:not([aria-label]), figure svg[aria-label=""]').length,
    'of no size': [...document.images].filter(i => !(i.hasAttribute('width') && i.hasAttribute('height'))).map(i => i.src),
    'ids twice': all.filter((id, n) => all.indexOf(id) !== n),
    'formulas cut': [...document.querySelectorAll('div.math')].filter(f => f.checkVisibility() && [...f.querySelectorAll('mi, mn, mo')]
      .some(part => part.getBoundingClientRect().left < f.getBoundingClientRect().left - f.scrollLeft - 1)).map(f => f.textContent.slice(0, 40)),
    'boxes behind plots': plots.filter(s => getComputedStyle(s).backgroundColor !== 'rgba(0, 0, 0, 0)' || [...s.querySelectorAll('path, rect')]
      .some(e => e.ownerSVGElement === s && !e.closest('defs, clipPath') && getComputedStyle(e).fill !== 'none' && e.getBBox().width > .98 * s.viewBox.baseVal.width
        && e.getBBox().height > .98 * s.viewBox.baseVal.height)).length,
    'faint words in plots': texts.filter(t => contrast(getComputedStyle(t).fill, paper) < 4.5).map(t => t.textContent),
    'small words in plots': texts.filter(t => t.getBoundingClientRect().height < 9).map(t => t.textContent),
    'faint code': [...tokens].filter(([, e]) => contrast(getComputedStyle(e).color, behind(e)) < 4.5).map(([name]) => name),
  }
}
