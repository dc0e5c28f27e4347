using System.Text.Json;
using Logistics.Testing;
using Microsoft.Playwright;

namespace Logistics.EndToEnd.Tests;

/// <summary>Printed manifests as a scanner reads them: by a decoder that shares no code with what wrote the codes.</summary>
[Collection(nameof(DemoCityCollection))]
public sealed class ManifestTests(RunningHost host, Browser browser)
{
    private const string Decode = """
        async drawings => {
          const texts = [];
          for (const drawing of drawings) {
            const image = new Image();
            image.src = 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(drawing);
            await image.decode();
            const canvas = document.createElement('canvas'), side = Math.ceil(1.5 * Math.max(image.naturalWidth, image.naturalHeight, 150));
            canvas.width = canvas.height = side;
            const context = canvas.getContext('2d');
            context.fillStyle = '#fff';
            context.fillRect(0, 0, side, side);
            context.imageSmoothingEnabled = false;
            context.drawImage(image, side / 6, side / 6, side * 2 / 3, side * 2 / 3);
            texts.push(jsQR(context.getImageData(0, 0, side, side).data, side, side)?.data ?? 'unreadable');
          }
          return texts;
        }
        """;

    private static string Decoder => Path.Combine(RepositoryFolder.Root, "web", "ui", "node_modules", "jsqr", "dist", "jsQR.js");

    [Fact]
    public async Task Every_code_of_a_manifest_can_be_scanned_and_names_its_stop()
    {
        Assert.SkipUnless(File.Exists(Decoder), "Build web/Logistics.Web, or run npm ci in web/ui, to have jsQR.");
        var plan = await PlanSteps.FindOrSolveAsync(host, browser);
        await using var person = await browser.SignInAsync(host, "auditor");
        var page = person.Page;
        var route = await page.EvaluateAsync<JsonElement>("async id => (await (await fetch(`/api/plans/${id}`)).json()).routes[0]", plan);
        var number = route.GetProperty("routeNo").GetInt32();
        var drawings = await page.EvaluateAsync<string[]>(
            "async path => [...new DOMParser().parseFromString(await (await fetch(path)).text(), 'text/html').querySelectorAll('svg')].map(svg => new XMLSerializer().serializeToString(svg))", $"/api/plans/{plan}/manifests/{number}");

        // On a page of its own: the product's may not draw what it did not write.
        var paper = await page.Context.NewPageAsync();
        await paper.EvaluateAsync(await File.ReadAllTextAsync(Decoder, TestContext.Current.CancellationToken));
        var texts = await paper.EvaluateAsync<string[]>(Decode, drawings);

        var stops = route.GetProperty("stops").EnumerateArray().Where(stop => stop.GetProperty("parcelIds").GetArrayLength() > 0).Select(stop => $"lg:stop:{plan}:{number}:{stop.GetProperty("stopNo").GetInt32()}");
        Assert.Equal([$"lg:route:{plan}:{number}", .. stops], texts);
    }
}
