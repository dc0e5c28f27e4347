using Spectre.Console;

namespace Logistics.Planner.Cli.Running;

/// <summary>Spectre consoles over whatever writer a command was given; plain text when that is not a terminal.</summary>
internal static class Screen
{
    public static IAnsiConsole On(TextWriter writer)
    {
        var output = new AnsiConsoleOutput(writer);
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = output, Ansi = output.IsTerminal ? AnsiSupport.Detect : AnsiSupport.No });
        // Tables cut to 80 columns lose numbers when the output goes to a file.
        if (!console.Profile.Out.IsTerminal) console.Profile.Width = 200;
        return console;
    }

    public static string Escape(string text) => Markup.Escape(text);
}
