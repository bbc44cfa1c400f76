#include "portal/page_words.h"

#include <cassert>

namespace silta::portal {

std::string_view word(Word id, Lang lang) {
    using Table = std::array<const WordRow*, static_cast<std::size_t>(Word::Count_)>;
    static const Table table = [] {
        Table rows{};
        for (const auto words : {pageWords(), messageWords(), serviceWords()})
            for (const auto& row : words)
                rows[static_cast<std::size_t>(row.id)] = &row;
        return rows;
    }();
    const auto* row = table[static_cast<std::size_t>(id)];
    assert(row != nullptr);
    return row->texts[static_cast<std::size_t>(lang)];
}

std::string hoursText(const OpenState& state, int weekday, Lang lang) {
    if (state.open) {
        if (!state.closesAtMinute) return std::string(word(Word::OpenNow, lang));
        return filled(word(Word::OpenUntil, lang), clockText(*state.closesAtMinute, lang));
    }
    if (!state.opensAtMinute) return std::string(word(Word::Closed, lang));
    const auto time = clockText(*state.opensAtMinute, lang);
    if (state.opensInDays == 0) return filled(word(Word::OpensAt, lang), time);
    if (state.opensInDays == 1) return filled(word(Word::OpensTomorrow, lang), time);
    constexpr std::array<Word, 7> kDays = {Word::Monday, Word::Tuesday,  Word::Wednesday, Word::Thursday,
                                           Word::Friday, Word::Saturday, Word::Sunday};
    const auto day = static_cast<std::size_t>((weekday - 1 + state.opensInDays) % 7 + 7) % 7;
    return filled(word(Word::OpensOn, lang), word(kDays[day], lang), time);
}

} // namespace silta::portal
