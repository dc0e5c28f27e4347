// From 9.16 on the routing classes have lost their prefix. The old names stand for them, so that one code compiles against either.
#if ORTOOLS_SHORT_NAMES
global using RoutingDimension = Google.OrTools.Routing.Dimension;
global using RoutingIndexManager = Google.OrTools.Routing.IndexManager;
global using RoutingModel = Google.OrTools.Routing.Model;
#endif

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
