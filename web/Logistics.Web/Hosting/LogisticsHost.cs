using Logistics.DeviceGateway;
using Logistics.DeviceGateway.Identity;
using Logistics.Domain;
using Logistics.OrTools;
using Logistics.Storage;
using Logistics.Web.Access;
using Logistics.Web.Board;
using Logistics.Web.Couriers;
using Logistics.Web.Demo;
using Logistics.Web.Devices;
using Logistics.Web.Forecasts;
using Logistics.Web.Imports;
using Logistics.Web.Live;
using Logistics.Web.Network;
using Logistics.Web.Orders;
using Logistics.Web.Plans;
using Logistics.Web.Quarantine;
using Logistics.Web.Rosters;
using Logistics.Web.Schedule;
using Logistics.Web.Search;
using Logistics.Web.Settings;
using Logistics.Web.Vroom;
using Microsoft.AspNetCore.Authorization;

namespace Logistics.Web.Hosting;

/// <summary>Composes the host; <c>Program</c> runs it, and tests start it the same way on a free port.</summary>
public static class LogisticsHost
{
    /// <summary>Opens the database and builds the host ready to run; at the first start the database is filled meanwhile, see <see cref="Beginning"/>.</summary>
    /// <param name="time">The clock of everything; tests move it.</param>
    /// <exception cref="StorageException">The database cannot be opened; the message says where and what to do.</exception>
    public static async Task<WebApplication> BuildAsync(HostSettings settings, TimeProvider time, CancellationToken cancellationToken = default)
    {
        var storage = await LogisticsStorage.OpenAsync(settings.ToStorageOptions(), time, cancel: cancellationToken);
        try
        {
            var cache = new NetworkCache(storage);
            var isFilled = await storage.ReadAsync(cache.HasAreaAsync, cancellationToken);
            var beginning = new Beginning(stop => isFilled ? Task.FromResult<IReadOnlyList<FirstAccount>?>(null) : Task.Run(() => FirstStart.RunAsync(storage, cache, settings, time, stop), CancellationToken.None));
            var builder = WebApplication.CreateBuilder(settings.PassThrough);
            // Requests are counted elsewhere; the console is for what a person should read.
            builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning).AddFilter("Quartz", LogLevel.Warning).AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Error);
            var listeners = new DeviceListeners(settings.Ports.Resolve(), beginning);
            builder.WebHost.ConfigureKestrel(kestrel => listeners.Configure(kestrel, settings.Urls()));
            // The factory form lets the container dispose it.
            builder.Services.AddSingleton(listeners).AddSingleton(_ => beginning);
            var first = builder.Services.Count;
            AddServices(builder.Services, settings, storage, cache, time);
            LateStart.Take(builder.Services, first);
            return Map(builder.Build());
        }
        catch
        {
            await storage.DisposeAsync();
            throw;
        }
    }

    private static void AddServices(IServiceCollection services, HostSettings settings, LogisticsStorage storage, NetworkCache cache, TimeProvider time)
    {
        // The factory form lets the container dispose it, last.
        services.AddSingleton(_ => storage);
        services.AddSingleton(settings).AddSingleton(time).AddSingleton(storage.Ids).AddSingleton(cache);
        Compression.Add(services);
        services.AddProblemDetails().AddExceptionHandler<ErrorResponses>().AddOpenApi();
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(o => WireJson.Configure(o.SerializerOptions));
        AccountSchemes.Add(services);
        Policies.Add(services.AddAuthorizationBuilder());
        SessionKeys.Add(services);
        services.AddSingleton<Attention>().AddSingleton<SignInThrottle>().AddSingleton<LiveFeed>().AddHostedService<LivePulse>();
        services.AddSingleton<SettingsBook>().AddSingleton<AreaViews>().AddSingleton<NetworkWriter>();
        services.AddSingleton<OrderIntake>().AddSingleton<UploadFolder>().AddSingleton<ImportService>();
        services.AddSingleton<PlanBook>().AddSingleton<PlanReader>().AddSingleton<PlanEditor>().AddSingleton<PricingDesk>().AddSingleton<DayLoader>().AddSingleton<DayModels>().AddSingleton<RunningDays>().AddSingleton<RepairDesk>().AddHostedService<PlannerWarmUp>();
        services.AddSingleton<SolveQueue>().AddHostedService<DaySolver>();
        services.AddSingleton(_ => CpSat.Create(settings.Exact)).AddSingleton<RosterLoader>().AddSingleton<RosterJobs>().AddHostedService(s => s.GetRequiredService<RosterJobs>());
        services.AddSingleton<ForecastBook>().AddSingleton<ForecastTrainer>().AddSingleton<FirstForecast>().AddSingleton<ForecastAccuracy>().AddSingleton<LockerOutlook>();
        services.AddSingleton<IScheduledWork, NightlyForecast>();
        DeviceHosting.Add(services, settings);
        services.AddSingleton<SeparateDelivery>().AddHostedService(s => s.GetRequiredService<SeparateDelivery>());
        ScheduleSetup.Add(services, storage);
        services.AddHostedService<DemoHistoryLoader>();
    }

    private static WebApplication Map(WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseSecurityHeaders(MapOrigin.OfAsync);
        app.UseResponseCompression();
        app.UseStaticUi();
        app.Use(next => context => app.Services.GetRequiredService<Attention>().NoteAsync(context, next));
        app.Use(next => context => app.Services.GetRequiredService<Beginning>().AnswerAsync(context, next));
        app.UseAuthentication();
        app.UseAntiForgery();
        app.UseAuthorization();
        app.UseWebSockets();
        app.MapOpenApi().AllowAnonymous();
        app.MapGet("/health", () => TypedResults.Ok(new { status = "ok" })).AllowAnonymous().ExcludeFromDescription();
        app.MapSession();
        app.MapBoard();
        app.MapNetwork();
        app.MapOrders();
        app.MapImports();
        app.MapQuarantine();
        app.MapSearch();
        app.MapPlans();
        app.MapRepairs();
        app.MapExplain();
        app.MapPreferenceBound();
        app.MapMyRoute();
        app.MapRosters();
        app.MapForecasts();
        app.MapSchedule();
        app.MapUsers();
        app.MapTokens();
        app.MapAudit();
        app.MapSettings();
        app.MapArea();
        app.MapVroom();
        app.MapLive();
        app.MapDevices();
        app.MapCommands();
        app.MapProvisioning();
        app.MapDeviceClaim().AllowAnonymous().ExcludeFromDescription();
        app.MapMqttWebSocket().AllowAnonymous().ExcludeFromDescription();
        return app;
    }
}
