#include "hub/waiting_rows.h"

#include "store/row_insert.h"

#include <algorithm>
#include <span>

namespace silta::hub {

Result<void> WaitingRows::add(DecidedOperation decided) {
    newest_ = std::max(newest_, decided.operation.id);
    operations_.push_back(std::move(decided));
    return operations_.size() < kRowsAtOnce ? Result<void>() : writeOperations();
}

Result<void> WaitingRows::add(WishlistAdd add) {
    adds_.push_back(std::move(add));
    return adds_.size() < kRowsAtOnce ? Result<void>() : writeAdds();
}

Result<std::optional<VerdictKind>> WaitingRows::verdictOn(const std::string& device,
                                                          const std::string& id) const {
    using Known = std::optional<VerdictKind>;
    // Ids sort by time, so most are newer than all that came before, and need not be looked for.
    if (id > newest_) return Known();
    const auto waiting =
        std::ranges::find_if(operations_, [&id](const auto& decided) { return decided.operation.id == id; });
    if (waiting != operations_.end()) return Known(waiting->kind);
    auto known = database_.prepare("SELECT verdict FROM operation WHERE device = ? AND id = ?");
    if (!known) return known.error();
    auto row = known->bind(0, device).bind(1, id).step();
    if (!row) return row.error();
    return *row ? Known(verdictKind(known->text(0))) : Known();
}

Result<void> WaitingRows::writeOperations() {
    static const RowInsert kInsert("INSERT INTO operation(id, device, incarnation, seq, entity, type, "
                                   "received_ms, verdict, reason, line) VALUES",
                                   "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    const auto bind = [this](Statement& insert, int at, const DecidedOperation& decided) {
        const auto& operation = decided.operation;
        insert.bind(at, operation.id).bind(at + 1, operation.device).bind(at + 2, operation.incarnation);
        insert.bind(at + 3, operation.seq).bind(at + 4, operation.entity).bind(at + 5, operation.type);
        insert.bind(at + 6, nowMs_).bind(at + 7, toString(decided.kind)).bind(at + 8, decided.reason);
        insert.bind(at + 9, decided.stripped.empty() ? decided.line : decided.stripped);
    };
    const auto written = kInsert.run(database_, std::span<const DecidedOperation>(operations_), bind);
    operations_.clear();
    if (!written) return written.error();
    return {};
}

Result<void> WaitingRows::writeAdds() {
    auto done = WishlistRepository(database_).add(adds_);
    adds_.clear();
    return done;
}

} // namespace silta::hub
