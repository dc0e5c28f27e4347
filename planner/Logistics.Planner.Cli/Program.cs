using System.CommandLine;
using Logistics.Planner.Cli.Forecasting;

var root = new RootCommand("Plan, check and forecast joint delivery.") { ForecastCommand.Create() };
return await root.Parse(args).InvokeAsync();
