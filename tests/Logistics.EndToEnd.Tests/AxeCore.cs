using System.Text.Json;
using Logistics.Testing;
using Microsoft.Playwright;

namespace Logistics.EndToEnd.Tests;

/// <summary>What axe-core says of a page: names and roles, structure, and the contrast of what is drawn.</summary>
internal static class AxeCore
{
    // What is wrong, one line for each element: the rule, the element, and what axe says of it.
    private const string Judge = """
        async () => (await axe.run(document, { resultTypes: ['violations'] })).violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html.slice(0, 120)} – ${[...node.any, ...node.all, ...node.none][0]?.message}`))
        """;

    private static readonly string Script = Path.Combine(RepositoryFolder.Root, "web", "ui", "node_modules", "axe-core", "axe.min.js");

    /// <summary>One line for each element that axe objects to; a test without axe-core is skipped.</summary>
    public static async Task<List<string>> JudgeAsync(IPage page, string what)
    {
        Assert.SkipUnless(File.Exists(Script), "Build web/Logistics.Web, or run npm ci in web/ui, to have axe-core.");
        await page.EvaluateAsync(await File.ReadAllTextAsync(Script, TestContext.Current.CancellationToken));
        return [.. (await page.EvaluateAsync<JsonElement>(Judge)).EnumerateArray().Select(line => $"{what}: {line.GetString()}")];
    }
}
