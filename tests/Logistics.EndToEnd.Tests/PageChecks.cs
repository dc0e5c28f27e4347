using Microsoft.Playwright;

namespace Logistics.EndToEnd.Tests;

/// <summary>What must hold of every page at every size.</summary>
internal static class PageChecks
{
    // What sticks out of the window and cannot be scrolled into view.
    private const string CutOff = """
        () => {
          const scrolls = e => { for (let p = e.parentElement; p; p = p.parentElement) if (['auto', 'scroll'].includes(getComputedStyle(p).overflowX)) return true; return false; };
          const hidden = e => e.closest('.maplibregl-map, .skip, .visually-hidden, .badge-text') !== null;
          return [...document.querySelectorAll('.frame *')].filter(e => { const r = e.getBoundingClientRect(); return r.width > 0 && r.right > innerWidth + 1 && !hidden(e) && !scrolls(e); })
            .slice(0, 3).map(e => `${e.tagName}.${e.getAttribute('class')} "${e.textContent.slice(0, 30)}"`).join(', ');
        }
        """;

    // Controls a screen reader could only call "button" or "edit".
    private const string Nameless = """
        () => [...document.querySelectorAll('button, a[href], input, select, textarea, [role=tab], [role=separator], [role=grid], canvas')]
          .filter(e => e.getClientRects().length > 0 && !e.closest('[aria-hidden=true], .maplibregl-map, [role=grid] [role=columnheader]'))
          .filter(e => !(e.getAttribute('aria-label') || e.getAttribute('title') || e.textContent.trim() || [...(e.labels ?? [])].some(l => l.textContent.trim()) || e.closest('[aria-label]')?.getAttribute('role') === 'img' || (e.matches('[role=grid]') && e.closest('section[aria-label]'))))
          .slice(0, 3).map(e => e.outerHTML.slice(0, 120)).join(' | ')
        """;

    /// <summary>Nothing is cut off by the window's edge, and a screen reader has a name for every control.</summary>
    public static async Task WholeAndNamedAsync(IPage page, string what)
    {
        Assert.Equal("", await page.EvaluateAsync<string>(CutOff) is var cut and not "" ? $"{what} cuts off {cut}" : "");
        Assert.Equal("", await page.EvaluateAsync<string>(Nameless) is var nameless and not "" ? $"{what}: no name on {nameless}" : "");
    }
}
