using Logistics.Benchmarks;

// One verb a file; `dotnet run -c Release --project tests/Logistics.Benchmarks -- VERB …`.
return args switch
{
    ["oracle", .. var rest] => OracleVerb.Run(rest),
    ["explain", .. var rest] => ExplainVerb.Run(rest),
    ["day", .. var rest] => await DayVerb.RunAsync(rest),
    ["host", .. var rest] => await HostVerb.RunAsync(rest),
    ["page", .. var rest] => await PageVerb.RunAsync(rest),
    ["devices", .. var rest] => await DevicesVerb.RunAsync(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: oracle [FIRST-SEED [COUNT [ITERATIONS]]] | explain [CASES] | day [PARCELS [SECONDS [RUNS]]] | host PATH-TO/Logistics.Web.dll [ROWS] | page PATH-TO/Logistics.Web.dll [PARCELS] | devices PATH-TO/Logistics.Web.dll [DEVICES]");
    return 2;
}
