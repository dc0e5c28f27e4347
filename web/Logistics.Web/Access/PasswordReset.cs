using Logistics.Domain;
using Logistics.Storage;
using Logistics.Web.Hosting;

namespace Logistics.Web.Access;

/// <summary>The way back in for whoever can read the data folder: sets a new password without a running host.</summary>
public static class PasswordReset
{
    public static async Task<int> RunAsync(HostSettings settings, TextWriter console)
    {
        await using var storage = await LogisticsStorage.OpenAsync(settings.ToStorageOptions(), TimeProvider.System);
        var password = settings.FirstPassword ?? PasswordHash.Generate();
        var isDone = await storage.WriteAsync(async db =>
        {
            if (await storage.Users.FindBySignInNameAsync(db, settings.ResetAccount!) is not { } user) return false;
            await storage.Users.UpdateAsync(db, Passwords.Set(user, password, mustChange: true) with { IsDisabled = false }, Actor.System("reset-password"));
            return true;
        });
        await console.WriteLineAsync(isDone ? $"New password of {settings.ResetAccount}: {password}" : $"There is no account \"{settings.ResetAccount}\".");
        return isDone ? 0 : 2;
    }
}
