#include "catalog/index/builder.h"

#include "catalog/index/compounds.h"
#include "catalog/index/output.h"

#include <algorithm>
#include <numeric>

namespace silta {

namespace {

/// Numbers of Postings that are held at once: each pass over the documents makes as many.
constexpr std::size_t kPostingsPerPass = 4'000'000;
constexpr std::size_t kTrieWordBytesMin = 2;   // single letters have no spelling
constexpr char kLineEnd = '\n';                // parts words, too
constexpr std::uint32_t kAsideMark = 1U << 31; // no word has so high a number
constexpr std::size_t kDocWordsMax = 2'000;    ///< of one product; titles in sixteen languages have fewer

void append24(std::vector<std::uint8_t>& out, std::uint32_t value) {
    out.push_back(static_cast<std::uint8_t>(value));
    out.push_back(static_cast<std::uint8_t>(value >> 8));
    out.push_back(static_cast<std::uint8_t>(value >> 16));
}

void appendNumber(std::vector<std::uint8_t>& out, std::uint32_t value) {
    for (; value >= 0x80; value >>= 7)
        out.push_back(static_cast<std::uint8_t>(value | 0x80));
    out.push_back(static_cast<std::uint8_t>(value));
}

std::uint8_t widthFor(std::uint32_t largest) {
    return largest < 0x100 ? 1 : largest < 0x10000 ? 2 : 4;
}

template <class T>
std::span<const std::uint8_t> bytesOf(const std::vector<T>& values) {
    return {reinterpret_cast<const std::uint8_t*>(values.data()), values.size() * sizeof(T)};
}

/// wordKey() of the word read from its end.
std::uint64_t endKey(std::string_view word) {
    std::array<char, sizeof(std::uint64_t)> end{};
    const auto size = std::min(word.size(), end.size());
    std::reverse_copy(word.end() - static_cast<std::ptrdiff_t>(size), word.end(), end.begin());
    return wordKey({end.data(), size});
}

} // namespace

void appendIndexLine(std::string& text, std::string_view line) {
    if (line.empty()) return;
    if (!text.empty()) text.push_back(kLineEnd);
    const auto from = text.size();
    text.append(line);
    std::replace(text.begin() + static_cast<std::ptrdiff_t>(from), text.end(), kLineEnd, ' ');
}

/// The section that is being written, and the file around it.
class IndexBuilder::Output {
public:
    Output(IndexOutput& out, IndexHeader& header) : out_(out), header_(header) {}
    void begin(IndexSection section) {
        out_.align(kSectionAlign);
        place_ = &header_.sections[static_cast<std::size_t>(section)];
        place_->offset = out_.size();
        sum_ = {};
    }
    void add(std::span<const std::uint8_t> bytes) {
        out_.add(bytes);
        sum_.add(bytes);
    }
    void end() {
        place_->bytes = out_.size() - place_->offset;
        place_->sum = sum_.value();
        constexpr std::array<std::uint8_t, kSectionTail> kTail{};
        out_.add(kTail);
    }
    void section(IndexSection which, std::span<const std::uint8_t> bytes) {
        begin(which);
        add(bytes);
        end();
    }

private:
    IndexOutput& out_;
    IndexHeader& header_;
    IndexSectionPlace* place_ = nullptr;
    IndexSum sum_;
};

struct IndexBuilder::Lists {
    std::vector<std::uint32_t> order;     ///< of terms: the word table's number of each
    std::vector<std::uint32_t> numbers;   ///< the other way round
    std::vector<std::uint32_t> heads;     ///< terms, ascending
    std::vector<std::uint32_t> headsFrom; ///< of each term: where its heads begin in `headLists`; and the end
    std::vector<std::uint32_t> headLists; ///< list numbers
    std::vector<std::uint32_t> asides;    ///< terms, ascending
};

// ---- taking in

IndexBuilder::IndexBuilder(const IndexOptions& options) : options_(options) {
    header_.magic = kIndexMagic;
    header_.version = kIndexVersion;
    header_.source = options.source;
    header_.change = options.change;
    header_.facetCount = static_cast<std::uint32_t>(std::min(options.facetCount, kIndexFacetsMax));
}

void IndexBuilder::addWord(std::string_view word) {
    if (word.empty() || pending_.size() >= kDocWordsMax) return;
    pending_.push_back(words_.add(word));
}

void IndexBuilder::addText(std::string_view text) {
    text_.split(text);
    for (const auto word : text_.words())
        addWord(word);
    for (const auto& word : text_.joined())
        addWord(word.joined);
}

/// Of the text that was added last.
void IndexBuilder::addTitle() {
    const auto& words = text_.words();
    if (!words.empty() && words.size() <= kTitleWordsMax) titles_.push_back({titleKey(words), size()});
}

void IndexBuilder::takePending(std::size_t begin, std::uint32_t mark) {
    frequencies_.resize(words_.size());
    std::ranges::sort(pending_);
    pending_.erase(std::unique(pending_.begin(), pending_.end()), pending_.end());
    const auto end = docWords_.size();
    for (const auto word : pending_) {
        if (std::ranges::binary_search(std::span(docWords_).subspan(begin, end - begin), word)) continue;
        ++frequencies_[word];
        docWords_.push_back(word | mark);
        if (mark == 0) continue;
        if (isAside_.size() <= word) isAside_.resize(words_.size());
        isAside_[word] = true;
    }
}

Result<void> IndexBuilder::add(const IndexProduct& product) {
    if (docs_.size() >= kIndexDocsMax) return Error{Errc::Limit, "build search index: too many products"};
    assert(product.facets.size() >= header_.facetCount);
    pending_.clear();
    auto rest = product.text;
    for (std::size_t i = 0; i < product.titles && !rest.empty(); ++i) {
        const auto end = std::min(rest.find(kLineEnd), rest.size());
        addText(rest.substr(0, end));
        addTitle();
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    addText(rest);
    const auto begin = static_cast<std::uint32_t>(docWords_.size());
    takePending(begin, 0);
    if (!product.aside.empty()) {
        pending_.clear();
        addText(product.aside);
        takePending(begin, kAsideMark);
    }
    // Two thirds of the numbers are kept for heads and asides.
    if (words_.size() > kIndexListsMax / 3)
        return Error{Errc::Limit, "build search index: too many distinct words"};
    docs_.push_back(
        {product.product, product.rank, begin, static_cast<std::uint32_t>(docWords_.size()), product.gtin});
    const auto facets = product.facets.first(header_.facetCount);
    facets_.insert(facets_.end(), facets.begin(), facets.end());
    return {};
}

// ---- writing

Result<void> IndexBuilder::write(const std::string& path) {
    auto file = IndexOutput::toFile(path);
    if (!file) return file.error();
    Output output(**file, header_);
    if (auto done = writeSections(output); !done) return done;
    header_.fileBytes = (*file)->size();
    header_.sum = indexSum({reinterpret_cast<const std::uint8_t*>(&header_), offsetof(IndexHeader, sum)});
    return (*file)->finish(header_);
}

Result<std::vector<std::uint8_t>> IndexBuilder::bytes() {
    auto memory = IndexOutput::toMemory();
    Output output(*memory, header_);
    if (auto done = writeSections(output); !done) return done.error();
    header_.fileBytes = memory->size();
    header_.sum = indexSum({reinterpret_cast<const std::uint8_t*>(&header_), offsetof(IndexHeader, sum)});
    if (auto done = memory->finish(header_); !done) return done.error();
    return memory->takeBytes();
}

Result<void> IndexBuilder::writeSections(Output& output) {
    header_.docs = size();
    order_.resize(docs_.size());
    std::iota(order_.begin(), order_.end(), 0U);
    std::ranges::sort(order_, [this](std::uint32_t a, std::uint32_t b) {
        const auto& left = docs_[a];
        const auto& right = docs_[b];
        return left.rank != right.rank ? left.rank < right.rank : left.product < right.product;
    });
    const auto headsOf = options_.heads != nullptr
                             ? options_.heads->headsOf(words_)
                             : CompoundHeads(words_, frequencies_, size()).headsOf(words_);
    auto lists = sortTerms();
    findHeads(lists, headsOf);
    header_.terms = words_.size();
    header_.heads = static_cast<std::uint32_t>(lists.heads.size());
    findAsides(lists);
    header_.asides = static_cast<std::uint32_t>(lists.asides.size());
    writeTerms(output, lists);
    std::vector<std::uint32_t> listSizes(std::size_t{header_.terms} + header_.heads + header_.asides);
    if (auto done = writeDocuments(output, lists, listSizes); !done) return done;
    if (auto done = writePostings(output, listSizes); !done) return done;
    writeWords(output, lists);
    writeColumns(output);
    return {};
}

IndexBuilder::Lists IndexBuilder::sortTerms() const {
    struct Keyed {
        std::uint64_t key;
        std::uint32_t word;
    };
    std::vector<Keyed> keyed(words_.size());
    for (std::uint32_t i = 0; i < words_.size(); ++i)
        keyed[i] = {wordKey(words_[i]), i};
    std::ranges::sort(keyed, [this](const Keyed& a, const Keyed& b) {
        return a.key != b.key ? a.key < b.key : words_[a.word] < words_[b.word];
    });
    Lists lists;
    lists.order.resize(keyed.size());
    lists.numbers.resize(keyed.size());
    for (std::uint32_t i = 0; i < keyed.size(); ++i) {
        lists.order[i] = keyed[i].word;
        lists.numbers[keyed[i].word] = i;
    }
    return lists;
}

void IndexBuilder::findHeads(Lists& lists,
                             std::span<const std::pair<std::uint32_t, std::uint32_t>> headsOf) const {
    std::vector<bool> isHead(words_.size());
    for (const auto& [word, head] : headsOf)
        isHead[head] = true;
    std::vector<std::uint32_t> listOf(words_.size());
    for (const auto word : lists.order) {
        if (!isHead[word]) continue;
        listOf[word] = words_.size() + static_cast<std::uint32_t>(lists.heads.size());
        lists.heads.push_back(lists.numbers[word]);
    }
    lists.headsFrom.assign(words_.size() + 1, 0);
    for (const auto& [word, head] : headsOf)
        ++lists.headsFrom[word + 1];
    std::partial_sum(lists.headsFrom.begin(), lists.headsFrom.end(), lists.headsFrom.begin());
    lists.headLists.resize(headsOf.size());
    auto next = lists.headsFrom;
    for (const auto& [word, head] : headsOf)
        lists.headLists[next[word]++] = listOf[head];
}

// What a word of a department ends with is an aside as well: no head, which would count for more.
void IndexBuilder::findAsides(Lists& lists) const {
    for (std::uint32_t word = 0; word < isAside_.size(); ++word) {
        if (!isAside_[word]) continue;
        lists.asides.push_back(lists.numbers[word]);
        for (auto k = lists.headsFrom[word]; k < lists.headsFrom[word + 1]; ++k)
            lists.asides.push_back(lists.heads[lists.headLists[k] - words_.size()]);
    }
    std::ranges::sort(lists.asides);
    lists.asides.erase(std::unique(lists.asides.begin(), lists.asides.end()), lists.asides.end());
}

void IndexBuilder::writeTerms(Output& output, const Lists& lists) {
    std::vector<std::uint32_t> offsets;
    std::vector<std::uint8_t> bytes;
    offsets.reserve(lists.order.size() + 1);
    bytes.reserve(words_.byteCount());
    for (const auto word : lists.order) {
        offsets.push_back(static_cast<std::uint32_t>(bytes.size()));
        const auto term = words_[word];
        bytes.insert(bytes.end(), term.begin(), term.end());
    }
    offsets.push_back(static_cast<std::uint32_t>(bytes.size()));
    output.section(IndexSection::TermOffsets, bytesOf(offsets));
    output.section(IndexSection::TermBytes, bytes);
    output.section(IndexSection::Heads, bytesOf(lists.heads));
    output.section(IndexSection::Asides, bytesOf(lists.asides));
}

Result<void> IndexBuilder::writeDocuments(Output& output, const Lists& lists,
                                          std::vector<std::uint32_t>& listSizes) {
    docLists_.reserve(docWords_.size() * kNumberBytes);
    docOffsets_.reserve(docs_.size() + 1);
    std::vector<std::uint32_t> own;
    const auto asideOf = [&](std::uint32_t term) {
        const auto place = std::ranges::lower_bound(lists.asides, term) - lists.asides.begin();
        return header_.terms + header_.heads + static_cast<std::uint32_t>(place);
    };
    for (const auto number : order_) {
        const auto& doc = docs_[number];
        own.clear();
        for (auto i = doc.wordsBegin; i < doc.wordsEnd; ++i) {
            const auto word = docWords_[i] & ~kAsideMark;
            const bool isAside = word != docWords_[i];
            const auto term = lists.numbers[word];
            own.push_back(isAside ? asideOf(term) : term);
            for (auto k = lists.headsFrom[word]; k < lists.headsFrom[word + 1]; ++k)
                own.push_back(isAside ? asideOf(lists.heads[lists.headLists[k] - header_.terms])
                                      : lists.headLists[k]);
        }
        std::ranges::sort(own);
        own.erase(std::unique(own.begin(), own.end()), own.end());
        docOffsets_.push_back(static_cast<std::uint32_t>(docLists_.size() / kNumberBytes));
        for (const auto list : own) {
            ++listSizes[list];
            append24(docLists_, list);
        }
    }
    docOffsets_.push_back(static_cast<std::uint32_t>(docLists_.size() / kNumberBytes));
    docWords_ = {};
    output.section(IndexSection::DocOffsets, bytesOf(docOffsets_));
    output.section(IndexSection::DocLists, docLists_);
    docLists_.push_back(0); // load24() reads a byte more
    return {};
}

// A pass makes the lists of one range of numbers, as many as fit into kPostingsPerPass.
Result<void> IndexBuilder::writePostings(Output& output, const std::vector<std::uint32_t>& listSizes) {
    const auto lists = static_cast<std::uint32_t>(listSizes.size());
    std::vector<std::uint32_t> firstDocs(lists);
    std::vector<std::uint32_t> offsets(std::size_t{lists} + 1);
    std::uint64_t size = 0;
    output.begin(IndexSection::Postings);
    std::vector<std::uint32_t> starts, docs;
    std::vector<std::uint8_t> packed;
    for (std::uint32_t begin = 0; begin < lists;) {
        starts.assign(1, 0);
        auto end = begin;
        while (end < lists && (end == begin || starts.back() + listSizes[end] <= kPostingsPerPass))
            starts.push_back(starts.back() + listSizes[end++]);
        docs.resize(starts.back());
        auto next = starts;
        for (std::uint32_t doc = 0; doc < header_.docs; ++doc) {
            for (auto i = docOffsets_[doc]; i < docOffsets_[doc + 1]; ++i) {
                const auto list = load24(docLists_.data() + std::size_t{i} * kNumberBytes);
                if (list >= end) break;
                if (list >= begin) docs[next[list - begin]++] = doc;
            }
        }
        packed.clear();
        for (auto list = begin; list < end; ++list) {
            offsets[list] = static_cast<std::uint32_t>(size + packed.size());
            auto i = starts[list - begin];
            // A head that no product has as a word of its own has an empty list, and so has an aside.
            firstDocs[list] = listSizes[list] > 0 ? docs[i] : header_.docs;
            for (++i; i < starts[list - begin + 1]; ++i)
                appendNumber(packed, docs[i] - docs[i - 1]);
        }
        output.add(packed);
        size += packed.size();
        if (size > 0xffffffff) return Error{Errc::Limit, "build search index: lists too long"};
        begin = end;
    }
    offsets[lists] = static_cast<std::uint32_t>(size);
    output.end();
    docLists_ = {};
    docOffsets_ = {};
    output.section(IndexSection::PostingOffsets, bytesOf(offsets));
    output.section(IndexSection::FirstDocs, bytesOf(firstDocs));

    const std::uint32_t blocks = (lists + kFirstDocBlock - 1) / kFirstDocBlock;
    std::vector<std::uint32_t> tables;
    for (std::uint32_t block = 0; block < blocks; ++block) {
        const auto begin = firstDocs.begin() + block * kFirstDocBlock;
        const auto end = firstDocs.begin() + std::min(lists, (block + 1) * kFirstDocBlock);
        tables.push_back(static_cast<std::uint32_t>(std::min_element(begin, end) - firstDocs.begin()));
    }
    for (std::uint32_t width = 1; 2 * width <= blocks; width *= 2) {
        const auto from = tables.size() - blocks;
        for (std::uint32_t block = 0; block < blocks; ++block) {
            const auto left = tables[from + block];
            const auto right = block + width < blocks ? tables[from + block + width] : left;
            tables.push_back(firstDocs[right] < firstDocs[left] ? right : left);
        }
    }
    output.section(IndexSection::FirstDocTables, bytesOf(tables));
    return {};
}

void IndexBuilder::writeWords(Output& output, const Lists& lists) {
    std::vector<std::uint32_t> words;
    for (std::uint32_t term = 0; term < lists.order.size(); ++term)
        if (const auto word = words_[lists.order[term]];
            word.size() >= kTrieWordBytesMin && isAllLetters(word))
            words.push_back(term);
    header_.words = static_cast<std::uint32_t>(words.size());
    output.section(IndexSection::Words, bytesOf(words));
    auto bytes = [&](std::uint32_t word) { return words_[lists.order[words[word]]]; };
    struct Keyed {
        std::uint64_t key;
        std::uint32_t term;
    };
    std::vector<Keyed> keyed;
    keyed.reserve(words.size());
    for (const auto term : words)
        keyed.push_back({endKey(words_[lists.order[term]]), term});
    std::ranges::sort(keyed, [&](const Keyed& a, const Keyed& b) {
        if (a.key != b.key) return a.key < b.key;
        const auto left = words_[lists.order[a.term]];
        const auto right = words_[lists.order[b.term]];
        return isBeforeFromEnd(left, right);
    });
    std::vector<std::uint32_t> byEnd;
    byEnd.reserve(keyed.size());
    for (const auto& each : keyed)
        byEnd.push_back(each.term);
    output.section(IndexSection::WordsByEnd, bytesOf(byEnd));
    // Breadth first: the children of a node stand together, after those of the nodes before it.
    std::vector<std::uint32_t> ranges = {0, header_.words};
    std::vector<std::uint32_t> children;
    std::vector<std::uint8_t> labels = {0}, depths = {0};
    for (std::size_t node = 0; node < labels.size(); ++node) {
        children.push_back(static_cast<std::uint32_t>(labels.size()));
        const std::size_t depth = depths[node];
        auto begin = ranges[2 * node];
        const auto end = ranges[2 * node + 1];
        if (end - begin <= 1) continue;
        while (begin < end) {
            if (bytes(begin).size() <= depth) {
                ++begin;
                continue;
            }
            const char label = bytes(begin)[depth];
            auto after = begin + 1;
            while (after < end && bytes(after)[depth] == label)
                ++after;
            ranges.insert(ranges.end(), {begin, after});
            labels.push_back(static_cast<std::uint8_t>(label));
            depths.push_back(static_cast<std::uint8_t>(depth + 1));
            begin = after;
        }
    }
    header_.trieNodes = static_cast<std::uint32_t>(labels.size());
    children.push_back(header_.trieNodes);
    std::vector<std::uint8_t> packed;
    packed.reserve(ranges.size() * kNumberBytes);
    for (const auto number : ranges)
        append24(packed, number);
    output.section(IndexSection::TrieRanges, packed);
    output.section(IndexSection::TrieChildren, bytesOf(children));
    output.section(IndexSection::TrieLabels, labels);
}

void IndexBuilder::writeColumn(Output& output, std::uint32_t width,
                               const std::vector<std::uint32_t>& values) {
    std::vector<std::uint8_t> column;
    column.reserve(values.size() * width);
    for (const auto value : values)
        for (std::uint32_t byte = 0; byte < width; ++byte)
            column.push_back(static_cast<std::uint8_t>(value >> (8 * byte)));
    output.add(column);
}

void IndexBuilder::writeColumns(Output& output) {
    std::vector<std::uint32_t> products, ranks;
    bool ranksAreDocs = true;
    for (const auto number : order_) {
        ranksAreDocs &= docs_[number].rank == ranks.size();
        products.push_back(docs_[number].product);
        ranks.push_back(docs_[number].rank);
    }
    output.begin(IndexSection::Products);
    writeColumn(output, sizeof(std::uint32_t), products);
    output.end();
    header_.rankBytes = ranksAreDocs ? 0 : widthFor(ranks.back());
    output.begin(IndexSection::Ranks);
    writeColumn(output, header_.rankBytes, ranks);
    output.end();
    writeGtins(output);
    writeTitles(output);
    writeFacets(output);
}

void IndexBuilder::writeGtins(Output& output) {
    std::vector<std::pair<std::uint64_t, std::uint32_t>> gtins;
    for (std::uint32_t doc = 0; doc < header_.docs; ++doc)
        if (docs_[order_[doc]].gtin != 0) gtins.emplace_back(docs_[order_[doc]].gtin, doc);
    std::ranges::sort(gtins);
    header_.gtins = static_cast<std::uint32_t>(gtins.size());
    std::vector<std::uint8_t> packed;
    for (const auto& [gtin, doc] : gtins)
        for (unsigned byte = 0; byte < 6; ++byte)
            packed.push_back(static_cast<std::uint8_t>(gtin >> (8 * byte)));
    output.section(IndexSection::Gtins, packed);
    packed.clear();
    for (const auto& [gtin, doc] : gtins)
        append24(packed, doc);
    output.section(IndexSection::GtinDocs, packed);
}

void IndexBuilder::writeTitles(Output& output) {
    std::vector<std::uint32_t> numbers(docs_.size());
    for (std::uint32_t doc = 0; doc < header_.docs; ++doc)
        numbers[order_[doc]] = doc;
    for (auto& title : titles_)
        title.doc = numbers[title.doc];
    std::ranges::sort(titles_, [](const Title& a, const Title& b) {
        return a.key != b.key ? a.key < b.key : a.doc < b.doc;
    });
    std::vector<std::uint32_t> keys;
    std::vector<std::uint8_t> packed;
    std::size_t same = 0;
    for (std::size_t i = 0; i < titles_.size(); ++i) {
        const auto& title = titles_[i];
        const bool isNext = i > 0 && titles_[i - 1].key == title.key;
        if (isNext && titles_[i - 1].doc == title.doc) continue; // in two languages
        same = isNext ? same + 1 : 1;
        if (same > kSameTitlesMax) continue;
        keys.push_back(title.key);
        append24(packed, title.doc);
    }
    header_.titles = static_cast<std::uint32_t>(keys.size());
    output.section(IndexSection::TitleKeys, bytesOf(keys));
    output.section(IndexSection::TitleDocs, packed);
}

void IndexBuilder::writeFacets(Output& output) {
    output.begin(IndexSection::Facets);
    std::size_t written = 0;
    std::vector<std::uint32_t> values(docs_.size());
    for (std::size_t column = 0; column < header_.facetCount; ++column) {
        for (std::uint32_t doc = 0; doc < header_.docs; ++doc)
            values[doc] = facets_[std::size_t{order_[doc]} * header_.facetCount + column];
        const auto width = widthFor(values.empty() ? 0 : *std::ranges::max_element(values));
        header_.facetBytes[column] = width;
        constexpr std::array<std::uint8_t, kSectionAlign> kPadding{};
        const auto gap = (kSectionAlign - written % kSectionAlign) % kSectionAlign;
        output.add(std::span(kPadding).first(gap));
        writeColumn(output, width, values);
        written += gap + values.size() * width;
    }
    output.end();
}

} // namespace silta
