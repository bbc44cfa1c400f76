// Puts each known mistake back and asks whether the simulation finds it: silta-sim-mutants SEEDS
// Exits with 1 when one survives SEEDS seeds.
#include "core/mutant.h"
#include "sim/runner.h"

#include <fmt/format.h>

using namespace silta;
using namespace silta::test;

namespace silta {
Mutant activeMutant = Mutant::None;
} // namespace silta

namespace {

struct Named {
    Mutant mutant;
    const char* name;
};
constexpr Named kMutants[] = {
    {Mutant::AckBeforeCommit, "saved is said although the commit failed"},
    {Mutant::SyncNormal, "the journal with synchronous=NORMAL"},
    {Mutant::AnyAnswer, "the answer to another request is believed"},
    {Mutant::CumulativeAck, "acknowledged up to the hub's mark, sent or not"},
    {Mutant::DeleteOnAck, "forgotten before the hub calls it durable"},
    {Mutant::EpochOnPushOnly, "an idle device never hears that the hub was restored"},
    {Mutant::ForgetOnIncarnation, "a new numbering forgets what was kept"},
    {Mutant::CursorFirst, "the cursor before the data"},
    {Mutant::NoIdDedupe, "operations known by nothing but their number"},
    {Mutant::DedupeBySeq, "a number seen is an operation held"},
    {Mutant::PoisonBlocks, "one refused operation fails the batch"},
    {Mutant::NoClockClamp, "a clock that runs ahead decides for ever"},
    {Mutant::NumberTakenRefused, "a number given out twice turns a person away"},
    {Mutant::NoTombstone, "a remove that comes before its add is forgotten"},
    {Mutant::LeaseTimeout, "rights return by a time-out"},
    {Mutant::LeaseAfterRestore, "a restored hub gives out what it gave before"},
    {Mutant::NaiveCursor, "the feed is followed by the clock"},
    {Mutant::ReplayUntold, "a replay tells nobody"},
    {Mutant::SalvageNothing, "a damaged journal is not read again"},
    {Mutant::BackupUnmarked, "a copy of the hub does not know that it is one"},
    {Mutant::SalvageTablesOnly, "operations under a damaged root or schema are given up"},
    {Mutant::AnyFile, "a download is not held against its hash"},
    {Mutant::PointerFirst, "the pointer to a new catalogue is switched before the file is there"},
    {Mutant::PositionFirst, "a segment's position is stored before what it brings"},
    {Mutant::AnyEpoch, "the catalogue of a restored hub is taken for that of before"},
    {Mutant::AllocationBlind, "an order is given stock that other orders hold"},
    {Mutant::PromiseBlind, "a device does not count what it has promised already"},
    {Mutant::ShelfLeaseKept, "parts of a shelf survive the incarnation that was given them"},
    {Mutant::HeardStaysOnTop, "a change that the hub has judged still stands over the hub's word"},
};

} // namespace

int main(int argc, char** argv) {
    const int seeds = argc == 2 ? numberOf(argv[1]) : -1;
    if (seeds < 1) {
        fmt::print(stderr, "usage: silta-sim-mutants SEEDS\n");
        return 2;
    }
    const auto runner = Runner::prepare();
    if (!runner) return 1;
    int survivors = 0;
    for (const auto& [mutant, name] : kMutants) {
        activeMutant = mutant;
        int caughtAt = 0;
        std::string how;
        for (int seed = 1; seed <= seeds && caughtAt == 0; ++seed) {
            const auto outcome = (*runner)->run(static_cast<std::uint64_t>(seed));
            if (outcome.wrong.empty()) continue;
            activeMutant = Mutant::None; // is it this mistake that was found, or one that is there anyway?
            const bool isGoodWithout = (*runner)->run(static_cast<std::uint64_t>(seed)).wrong.empty();
            activeMutant = mutant;
            if (!isGoodWithout) continue;
            caughtAt = seed;
            how = outcome.wrong.front();
        }
        survivors += caughtAt == 0 ? 1 : 0;
        fmt::print("{:9} {}: {}\n", caughtAt > 0 ? fmt::format("seed {}", caughtAt) : "SURVIVES", name, how);
    }
    fmt::print("{} mutants, {} survive {} seeds\n", std::size(kMutants), survivors, seeds);
    return survivors > 0 ? 1 : 0;
}
