// Known mistakes, to be put back by the simulation's own test: would it notice? In every other build none of
// them exists: the condition is a constant, and the compiler leaves the branch out.
#pragma once

namespace silta {

enum class Mutant {
    None,
    AckBeforeCommit,     ///< "saved" is said although the commit failed
    SyncNormal,          ///< the journal with synchronous=NORMAL
    AnyAnswer,           ///< the answer to another request counts as the answer to this one
    CumulativeAck,       ///< all up to the hub's mark counts as acknowledged, sent or not
    DeleteOnAck,         ///< acknowledged is forgotten before the hub calls it durable
    EpochOnPushOnly,     ///< a device with nothing to push never hears that the hub was restored
    ForgetOnIncarnation, ///< a new numbering forgets what was kept
    CursorFirst,         ///< the feed's cursor is stored before its data
    NoIdDedupe,          ///< the hub knows an operation by nothing but its number
    DedupeBySeq,         ///< the hub takes a number it has seen for an operation it has
    PoisonBlocks,        ///< one refused operation fails the batch
    NoClockClamp,        ///< a clock that runs ahead decides for ever
    NumberTakenRefused,  ///< a member number given out twice turns the second person away
    NoTombstone,         ///< a remove of an add that has not arrived yet is forgotten
    LeaseTimeout,        ///< the hub takes rights back after a while, whatever the device does
    LeaseAfterRestore,   ///< a restored hub gives out what it has forgotten to have given
    NaiveCursor,         ///< the feed is followed by the time at which something was decided
    ReplayUntold,        ///< a device never hears that what was set aside has been taken after all
    SalvageNothing,      ///< a damaged journal is set aside, and that is all
    BackupUnmarked,      ///< a copy of the hub does not know that it is one
    SalvageTablesOnly,   ///< operations are looked for in their table, and not in its pages
    AnyFile,             ///< a download is not held against the hash that is its name
    PointerFirst,        ///< the pointer to a new catalogue is switched before the file is there
    PositionFirst,       ///< a segment's position is stored before what it brings
    AnyEpoch,            ///< the catalogue of a restored hub is taken for that of before
    AllocationBlind,     ///< an order is given stock that other orders hold
    PromiseBlind,        ///< a device does not count what it has promised already
    ShelfLeaseKept,      ///< parts of a shelf survive the incarnation that was given them
    HeardStaysOnTop,     ///< a change that the hub has judged still stands over the hub's word
};

#ifdef SILTA_MUTANTS
extern Mutant activeMutant;
inline bool isMutant(Mutant mutant) {
    return activeMutant == mutant;
}
#else
constexpr bool isMutant(Mutant) {
    return false;
}
#endif

} // namespace silta
