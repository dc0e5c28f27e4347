using System.Runtime.InteropServices;

namespace Logistics.Web.Hosting;

/// <summary>Runs long computations nobody waits for on a thread that gets the processor only when no other wants it.</summary>
public static class BackgroundThread
{
    private const int OwnThread = 0, LeastNice = 19;

    /// <summary>The result of <paramref name="work"/>; parts of it that go to the thread pool run at the usual priority there.</summary>
    public static Task<T> RunAsync<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            Yield();
            // Whatever it is belongs to who awaits the result.
#pragma warning disable CA1031
            try
            {
                done.SetResult(work());
            }
            catch (OperationCanceledException e)
            {
                done.SetCanceled(e.CancellationToken);
            }
            catch (Exception e)
#pragma warning restore CA1031
            {
                done.SetException(e);
            }
        })
        { IsBackground = true, Name = "in the background" };
        thread.Start();
        return done.Task;
    }

    private static void Yield()
    {
        Thread.CurrentThread.Priority = ThreadPriority.Lowest;
        // .NET leaves priorities alone on Linux; there niceness belongs to the thread, and should it be refused the work is merely not yielding.
        if (OperatingSystem.IsLinux()) _ = SetPriority(OwnThread, OwnThread, LeastNice);
    }

    [DllImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetPriority(int which, int who, int nice);
}
