// The routing classes moved from Google.OrTools.ConstraintSolver to Google.OrTools.Routing after 9.11. With this the second
// namespace always exists, so that one set of using lines compiles against either.
namespace Google.OrTools.Routing
{
    internal static class NamespaceMarker;
}

namespace Google.OrTools.ConstraintSolver
{
    internal static class NamespaceMarker;
}
