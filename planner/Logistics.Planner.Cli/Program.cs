using Logistics.Planner.Cli;

return await CommandTable.Create().RunAsync(args, Console.Out, Console.Error);
