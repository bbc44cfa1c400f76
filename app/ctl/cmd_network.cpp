#include "ctl/commands.h"
#include "network/render.h"

#include <filesystem>

namespace silta::ctl {

namespace {

int failure(CommandContext& context, const Error& error) {
    context.err << "siltactl network: " << error.what << '\n';
    return kExitFailed;
}

void tell(CommandContext& context, const network::NetworkConfig& config) {
    const auto& guest = config.guest;
    context.out << "guests on " << guest.guestInterface << ", " << toString(*config.firstLease) << " to "
                << toString(*config.lastLease) << ", at most " << guest.guestsMax << "; internet by "
                << guest.uplinkInterface << "; IPv6 " << (guest.gateway6 ? "yes" : "no") << '\n';
    const auto url = network::apiUrl(config);
    context.out << (url.empty() ? "devices find the portal by their own probes\n"
                                : "devices are told of " + url + '\n');
}

int render(CommandContext& context, const network::NetworkConfig& config, const std::string& to) {
    std::error_code error;
    auto folder = std::filesystem::absolute(to, error).lexically_normal().string();
    while (folder.size() > 1 && folder.back() == '/')
        folder.pop_back();
    const auto files = network::renderNetwork(config, folder);
    if (!files) return failure(context, files.error());
    if (auto done = network::replaceFileSet(folder, *files); !done) return failure(context, done.error());
    for (const auto& file : *files)
        context.out << folder << '/' << file.name << '\n';
    return kExitOk;
}

} // namespace

int network(CommandContext& context, std::span<const std::string> args) {
    const bool isCheck = args.size() == 2 && args[0] == "check";
    const bool isRender = args.size() == 4 && args[0] == "render" && args[2] == "--to" && !args[3].empty();
    if (!isCheck && !isRender)
        return usageError(context, "network", "expected check CONFIG, or render CONFIG --to FOLDER");
    const auto config = network::loadNetworkConfig(args[1]);
    if (!config) return failure(context, config.error());
    if (isRender) return render(context, *config, args[3]);
    tell(context, *config);
    return kExitOk;
}

} // namespace silta::ctl
