// Every limit of the catalogue module, with its reason.
#pragma once

#include <cstddef>
#include <cstdint>

namespace silta {

// ---- records, as they travel
// ---------------------------------------------------------------------------------------
inline constexpr std::size_t kLineBytesMax = 1 << 20;       ///< a stock line of 10,000 stores is half of it
inline constexpr std::size_t kSkuCharactersMax = 50;        ///< the merchant-feed limit for "id"
inline constexpr std::size_t kStoreCodeCharactersMax = 64;  ///< the merchant-feed limit for "store_code"
inline constexpr std::size_t kGroupBytesMax = 200;          ///< 50 characters of any script
inline constexpr std::size_t kBrandBytesMax = 280;          ///< 70 characters of any script
inline constexpr std::size_t kTitleBytesMax = 600;          ///< 150 characters of any script
inline constexpr std::size_t kDescriptionBytesMax = 20'000; ///< 5,000 characters of any script
inline constexpr std::size_t kDepartmentBytesMax = 3'000;   ///< 750 characters of any script
inline constexpr std::size_t kVariantBytesMax = 400;        ///< colour or size: 100 characters of any script
inline constexpr std::size_t kLangBytesMax = 16;            ///< "zh-Hant-TW" and longer tags we might meet
inline constexpr std::size_t kPictureNameBytes = 64;        ///< SHA-256 as lower-case hex, exactly
inline constexpr std::size_t kTextsMax = 16;                ///< languages of one chain
inline constexpr std::size_t kAttributesMax = 100;          ///< a product page cannot show more
inline constexpr std::size_t kAttributeNameBytesMax = 400;
inline constexpr std::size_t kAttributeValueBytesMax = 4'000;
inline constexpr std::size_t kReviewTextBytesMax = 8'000; ///< longer ones are cut by the hub
inline constexpr std::size_t kStoreTextBytesMax = 400;    ///< a name, a street, a city
inline constexpr std::size_t kTimeZoneBytesMax = 64;
inline constexpr std::size_t kAisleBytesMax = 20;
inline constexpr std::size_t kIntervalsPerDayMax = 8;
inline constexpr std::size_t kSpecialDaysMax = 400;      ///< a year and a bit
inline constexpr std::size_t kCellsPerLineMax = 20'000;  ///< twice the largest chain planned for
inline constexpr std::size_t kReportsPerLineMax = 2'000; ///< twice what a hub puts on one
inline constexpr std::int32_t kMinutesMax = 2'880;       ///< an interval may end the next day
inline constexpr std::int64_t kMinorUnitsMax =
    1'000'000'000'000; ///< no price is longer; sums stay far from overflow
inline constexpr std::int64_t kTimeMsMax = 253'402'300'799'999; ///< the end of the year 9999

// ---- the replica
// ---------------------------------------------------------------------------------------------------
inline constexpr std::int64_t kProductIdMax = 0x7fffffff; ///< the search index holds them in 32 bits
inline constexpr std::int64_t kStoreIdMax =
    10'000'000;                                       ///< row numbers of stores that came and went, in memory
inline constexpr std::size_t kDepartmentDepthMax = 8; ///< Google's taxonomy has 7 levels
inline constexpr std::size_t kDepartmentsMax = 50'000;   ///< kept in memory by writer and reader
inline constexpr std::size_t kPathsMax = 200'000;        ///< department paths of all languages
inline constexpr std::size_t kAislesMax = 200'000;       ///< kept in memory
inline constexpr std::size_t kDetailsBytesMax = 8 << 20; ///< descriptions and reviews of one item, escaped
inline constexpr std::size_t kVariantsMax = 100;         ///< shown on a product page
inline constexpr std::size_t kCellsBytesMax =
    4 << 20; ///< one item's packed stock; beyond it the row is damaged
/// What the stock log holds at most (figures, reports, names of aisles): 20 to 40 MB in a reader's memory
/// and, while one record of it is taken in, as much again. What is more goes into the rows at once.
inline constexpr std::int64_t kStockLogEntriesMax = 500'000;
/// A log with so many entries is folded, or earlier, with one for each product: by then most of the stock's
/// pages are touched, and each once.
inline constexpr std::int64_t kStockLogEntriesFold = 300'000;
inline constexpr std::int64_t kStockLogEntriesMin = 50'000;                ///< not worth folding below that
inline constexpr std::size_t kStockRecordBytesMax = std::size_t{32} << 20; ///< no entry takes 60 bytes
inline constexpr std::size_t kStockRegionsMax = 1'000;
inline constexpr std::size_t kRegionBytesMax = 64;      ///< as a store's code
inline constexpr std::size_t kReportsNameBytesMax = 64; ///< SHA-256 as lower-case hex
inline constexpr std::size_t kFoldSliceProducts = 256;  ///< readers wait for some 256 pages
inline constexpr std::size_t kFoldSlicesMax =
    64; ///< at once: some 200 syncs, two to six seconds of an SD card
inline constexpr std::int64_t kIndexLogMax = 10'000; ///< changed products for which the file is made anew
/// A reader takes in so many changes; of more it waits for the file that the writer makes of them.
inline constexpr std::int64_t kLiveChangesMax = 30'000;
/// A reader without a file makes its own of so many products, in half a second on a Raspberry Pi and 40 MB.
inline constexpr std::int64_t kIndexInMemoryMax = 50'000;
inline constexpr int kReaderBusyMs = 400; ///< a commit of one segment takes less

// ---- search
// --------------------------------------------------------------------------------------------------------
inline constexpr std::size_t kCandidatesMin = 40; ///< read and ranked one by one; a quarter of a millisecond
inline constexpr std::size_t kCandidatesMax = 2'000; ///< the same, where many are variants of few groups
inline constexpr std::int64_t kShelfScanMax = 4'000; ///< candidates looked at for more that is in stock here
inline constexpr std::size_t kShelfRowsMax = 20;     ///< how many of those are read
inline constexpr std::size_t kWholeRowsMax = 10;     ///< with the very word: half of the first screen
inline constexpr std::size_t kMarkedRowsMax = 100;   ///< the same, to find "äpple" among "Apple"
inline constexpr std::size_t kEnoughHits = 10;       ///< with fewer, words that are like the typed ones count
inline constexpr int kOffersScanMax = 200'000;       ///< price rows looked at for the offers page

} // namespace silta
