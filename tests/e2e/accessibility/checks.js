// What axe-core does not ask of a page. Each function gives a list of faults in words.
(() => {
  const nameOf = (element) => element.outerHTML.slice(0, 120);
  const isSeen = (element) => element.getClientRects().length > 0 && !element.closest('details:not([open]) > :not(summary)');
  const looksOf = (element) => {
    const style = getComputedStyle(element);
    return [style.outlineStyle, style.outlineWidth, style.outlineColor, style.boxShadow, style.borderColor].join();
  };
  window.silta = {
    // WCAG 1.4.10 and 1.4.4: nothing has to be scrolled sideways, and nothing is cut off.
    overflow() {
      const faults = [];
      const width = document.scrollingElement.scrollWidth;
      const room = document.documentElement.clientWidth; // a phone's innerWidth grows with what overflows
      if (width > room) faults.push(`${width} px wide in a window of ${room}`);
      for (const element of document.querySelectorAll('body *')) {
        if (!isSeen(element) || element.closest('svg') || element.closest('.vh') || element.tagName === 'INPUT') continue;
        const style = getComputedStyle(element);
        const isCut = (style.overflowX !== 'visible' && element.scrollWidth > element.clientWidth + 1) ||
                      (style.overflowY === 'hidden' && element.scrollHeight > element.clientHeight + 1);
        if (isCut && [...element.querySelectorAll('*')].some((e) => e.textContent.trim() && isSeen(e) && !e.closest('svg') && !e.closest('.vh')))
          faults.push(`cut off: ${nameOf(element)}`);
      }
      return faults;
    },
    // WCAG 2.4.7: whatever the keyboard reaches looks different while it has the focus.
    focus() {
      const faults = [];
      for (const element of document.querySelectorAll('a[href],button,input:not([type=hidden]),[tabindex]')) {
        if (!isSeen(element)) continue;
        document.activeElement.blur();
        const before = looksOf(element);
        element.focus({focusVisible: true, preventScroll: true});
        if (document.activeElement !== element) faults.push(`not reached: ${nameOf(element)}`);
        else if (looksOf(element) === before) faults.push(`focus is not seen: ${nameOf(element)}`);
      }
      return faults;
    },
    async axe(rules) {
      const only = rules ? {type: 'rule', values: rules}
                         : {type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']};
      const found = await axe.run(document, {runOnly: only, resultTypes: ['violations']});
      return found.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.html.slice(0, 120)} ${node.failureSummary.replace(/\s+/g, ' ').slice(0, 200)}`));
    },
  };
})();
