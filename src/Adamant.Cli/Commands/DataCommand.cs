using System.CommandLine;

namespace Adamant.Cli.Commands;

/// <summary><c>adamant data</c>: the named data sets, and files in every format that Adamant reads.</summary>
internal sealed class DataCommand : Command
{
    public DataCommand() : base("data", "List, show, verify, check and export data sets.")
    {
        Add(new DataListCommand());
        Add(new DataShowCommand());
        Add(new DataVerifyCommand());
        Add(new DataCheckCommand());
        Add(new DataExportCommand());
    }
}
