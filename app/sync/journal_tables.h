// The tables of the device's journal.
#pragma once

#include <span>

namespace silta {

/// Migration n brings a journal to version n + 1. A shipped one is never edited.
std::span<const char* const> journalMigrations();

struct JournalTable {
    const char* name;
    const char* columns; ///< those that are worth something in another file
};
/// What is copied out of a damaged journal, and what is checked at intervals, a table at a time.
std::span<const JournalTable> journalTables();

} // namespace silta
