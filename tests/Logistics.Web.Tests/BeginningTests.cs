using System.Net;
using Logistics.Web.Demo;
using Logistics.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Logistics.Web.Tests;

/// <summary>What a first start shows while the database is being filled.</summary>
public sealed class BeginningTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_is_there_at_once_and_data_when_all_of_it_is()
    {
        var filled = new TaskCompletionSource<IReadOnlyList<FirstAccount>?>();
        var work = new RecordingService();
        await using var app = Build(filled.Task, work);
        await app.StartAsync(Cancel);
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };

        Assert.Equal("page", await http.GetStringAsync("/plan", Cancel));
        foreach (var question in (string[])["/api/session", "/health"])
        {
            var early = await http.GetAsync(question, Cancel);
            Assert.Equal((HttpStatusCode.ServiceUnavailable, false), (early.StatusCode, work.IsRunning));
            Assert.Contains(Beginning.Rule, await early.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        }

        var waiting = http.GetStringAsync("/api/data", Cancel);
        Assert.Equal("page", await http.GetStringAsync("/plan", Cancel));
        Assert.False(waiting.IsCompleted);
        filled.SetResult([]);
        Assert.NotNull(await app.Services.GetRequiredService<Beginning>().Ready);
        Assert.Equal(("data", true), (await waiting, work.IsRunning));
        await app.StopAsync(Cancel);
        Assert.False(work.IsRunning);
    }

    [Fact]
    public async Task Database_that_cannot_be_filled_faults_the_beginning_and_starts_nothing()
    {
        var filled = new TaskCompletionSource<IReadOnlyList<FirstAccount>?>();
        var work = new RecordingService();
        await using var app = Build(filled.Task, work);
        await app.StartAsync(Cancel);

        filled.SetException(new IOException("No space left."));

        Assert.Equal("No space left.", (await Assert.ThrowsAsync<IOException>(() => app.Services.GetRequiredService<Beginning>().Ready)).Message);
        await app.StopAsync(Cancel);
        Assert.False(work.IsRunning);
    }

    private static WebApplication Build(Task<IReadOnlyList<FirstAccount>?> filled, RecordingService work)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(_ => new Beginning(_ => filled));
        var first = builder.Services.Count;
        builder.Services.AddHostedService(_ => work);
        LateStart.Take(builder.Services, first);
        var app = builder.Build();
        app.Use(next => context => app.Services.GetRequiredService<Beginning>().AnswerAsync(context, next));
        app.MapGet("/api/data", () => "data");
        app.MapFallback(context => context.Response.WriteAsync("page"));
        return app;
    }

    private sealed class RecordingService : IHostedService
    {
        public bool IsRunning { get; private set; }

        public Task StartAsync(CancellationToken cancellationToken)
        {
            IsRunning = true;
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            IsRunning = false;
            return Task.CompletedTask;
        }
    }
}
