// silta-hub: the centre of a chain. `silta-hub --help` lists the commands.

#include "hub/cmd_admin.h"
#include "hub/cmd_devices.h"
#include "hub/cmd_fleet.h"
#include "hub/cmd_guests.h"
#include "hub/cmd_import.h"
#include "hub/cmd_orders.h"
#include "hub/cmd_reviews.h"
#include "hub/cmd_sales.h"
#include "hub/cmd_search_words.h"
#include "hub/cmd_serve.h"
#include "hub/cmd_staff.h"
#include "hub/cmd_tokens.h"

#include <silta/crypto.h>

#include <sys/stat.h>

#include <array>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

namespace {

struct Command {
    std::string_view name;
    int (*run)(std::span<const std::string>);
    const char* usage;
};

int runImportOnThisMachine(std::span<const std::string> args) {
    const silta::SystemClock clock;
    silta::SystemRandom random;
    return silta::hub::runImport(args, clock, random);
}

constexpr std::array<Command, 33> kCommands = {{
    {"serve", silta::hub::runServe,
     "serve --db PATH [--listen ADDR:PORT] [--public-url URL] [--chain NAME] [--member-prefix DIGITS]\n"
     "        [--tls-cert FILE --tls-key FILE | --behind-proxy] [--files FOLDER]\n"
     "        [--sms-url URL [--sms-token-file FILE] [--sms-ca-file FILE] | --sms-file FILE]\n"
     "        [--review-days N]"},
    {"import", runImportOnThisMachine,
     "import --db PATH [--products FILE] [--titles LANG=FILE …] [--inventory FILE] [--stores FILE]\n"
     "        [--reviews FILE] [--partial] [--report FILE] [--as-of TIME]"},
    {"search-words", silta::hub::runSearchWords, "search-words --db PATH [--from FILE | --none]"},
    {"enrol-code", silta::hub::runEnrolCode,
     "enrol-code --db PATH --store CODE [--count N] [--hours N] [--url HUB] [--json]"},
    {"members", silta::hub::runMembers,
     "members --db PATH [--json]\n"
     "  silta-hub members erase --db PATH --number NUMBER"},
    {"wishlists", silta::hub::runWishlists, "wishlists --db PATH [--json]"},
    {"contacts", silta::hub::runContacts, "contacts --db PATH [--json]"},
    {"guest-counts", silta::hub::runGuestCounts, "guest-counts --db PATH [--json]"},
    {"welcome-coupon", silta::hub::runWelcomeCoupon,
     "welcome-coupon --db PATH [--none | --campaign N | --code CODE --last-day YYYY-MM-DD "
     "[--en|--fi|--sv|--pl] TITLE …]"},
    {"campaign", silta::hub::runCampaign,
     "campaign --db PATH --first-day YYYY-MM-DD --last-day YYYY-MM-DD [--en|--fi|--sv|--pl] NAME …\n"
     "        [--gift-card] [--amount N | --percent N] [--currency EUR] [--min-purchase N] [--skus A,B]\n"
     "        [--uses N] [--members-only] [--stores A,B]\n"
     "        [--offline-budget N --offline-share N [--offline-per-card N]]"},
    {"campaigns", silta::hub::runCampaigns, "campaigns --db PATH [--json]"},
    {"end-campaign", silta::hub::runEndCampaign, "end-campaign --db PATH --campaign N"},
    {"issue", silta::hub::runIssue,
     "issue --db PATH --campaign N [--count N] [--last-day YYYY-MM-DD] [--balance N]"},
    {"revoke-token", silta::hub::runRevokeToken,
     "revoke-token --db PATH [--token LETTERS | --campaign N --serial N]"},
    {"token-uses", silta::hub::runTokenUses, "token-uses --db PATH --campaign N [--limit N] [--json]"},
    {"token-keys", silta::hub::runTokenKeys, "token-keys --db PATH [--new [--days N] | --retire ID]"},
    {"staff", silta::hub::runStaff,
     "staff add --db PATH --badge CODE --name NAME --role cashier|supervisor --store CODE[,CODE …]\n"
     "        (the PIN, six to twelve digits, is read from standard input)\n"
     "  silta-hub staff list|log --db PATH [--json]\n"
     "  silta-hub staff disable|enable|reset-pin --db PATH --badge CODE"},
    {"orders", silta::hub::runOrders,
     "orders [list] --db PATH [--store CODE] [--open | --refund] [--json]\n"
     "  silta-hub orders returns|shelves --db PATH [--store CODE] [--json]\n"
     "  silta-hub orders show|who|erase --db PATH --number NUMBER [--json]\n"
     "  silta-hub orders expire --db PATH"},
    {"fleet", silta::hub::runFleet,
     "fleet hq-key --db PATH --out FILE [--hq-key OLD]\n"
     "  silta-hub fleet add-release --db PATH --bundle FILE --version V --compatible NAME --hq-key FILE "
     "[--files FOLDER]\n"
     "  silta-hub fleet start --db PATH --version V --canary STORE[,STORE …] [--percent N] [--soak-hours N]\n"
     "        [--failure-percent N]\n"
     "  silta-hub fleet pause|resume|stop --db PATH\n"
     "  silta-hub fleet command --db PATH --device ID --do restart|resync|diagnostics|factory-reset\n"
     "        --hq-key FILE [--hours N]\n"
     "  silta-hub fleet diagnostics --db PATH --device ID --hq-key FILE --out FILE\n"
     "  silta-hub fleet status|devices|releases|log --db PATH [--json]"},
    {"sales", silta::hub::runSales, "sales --db PATH [--receipt NUMBER] [--json]"},
    {"reviews", silta::hub::runReviews,
     "reviews [list] --db PATH [--state waiting|approved|refused] [--json]\n"
     "  silta-hub reviews approve|refuse --db PATH --id ID\n"
     "  silta-hub reviews feed --db PATH --out FILE"},
    {"ops", silta::hub::runOperations, "ops --db PATH [--limit N] [--json]"},
    {"backup", silta::hub::runBackup, "backup --db PATH --to FILE"},
    {"restored", silta::hub::runRestored, "restored --db PATH"},
    {"devices", silta::hub::runDevices, "devices --db PATH [--json]"},
    {"revoke", silta::hub::runRevoke, "revoke --db PATH --device ID"},
    {"pool", silta::hub::runPool, "pool --db PATH --id POOL --budget N"},
    {"pools", silta::hub::runPools, "pools --db PATH [--json]"},
    {"recall", silta::hub::runRecall, "recall --db PATH --pool POOL"},
    {"write-off", silta::hub::runWriteOff, "write-off --db PATH --device ID"},
    {"replay", silta::hub::runReplay, "replay --db PATH"},
    {"forget-changes", silta::hub::runForgetChanges, "forget-changes --db PATH [--days N]"},
    {"publish", silta::hub::runPublish, "publish --db PATH --operations ADDRESS"},
}};

void printUsage(std::FILE* to) {
    std::fputs("usage:\n", to);
    for (const auto& command : kCommands)
        std::fprintf(to, "  silta-hub %s\n", command.usage);
    std::fputs("Every command takes --operations postgresql://USER@HOST/NAME and --keys FILE where the hub's "
               "replicas\n"
               "share a PostgreSQL; the catalogue then stays in the SQLite file of --db.\n",
               to);
}

} // namespace

int main(int argc, char** argv) {
    silta::hardenProcess();
    umask(0027);
    const std::vector<std::string> args(argv + 1, argv + argc);
    if (args.empty() || args[0] == "--help" || args[0] == "help") {
        printUsage(args.empty() ? stderr : stdout);
        return args.empty() ? 2 : 0;
    }
    for (const auto& command : kCommands)
        if (command.name == args[0]) return command.run(std::span(args).subspan(1));
    std::fprintf(stderr, "silta-hub: no command %s\n", args[0].c_str());
    printUsage(stderr);
    return 2;
}
