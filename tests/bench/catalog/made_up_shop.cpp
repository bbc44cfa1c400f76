#include "bench/catalog/made_up_shop.h"

#include "catalog/fold.h"

#include <silta/catalog.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <set>
#include <string_view>
#include <unordered_map>

namespace silta::bench {

namespace {

enum Language { Finnish, Swedish, Polish, English, Languages };

/// splitmix64: the same numbers everywhere.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next() {
        auto z = (state_ += 0x9e3779b97f4a7c15);
        z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
        z = (z ^ z >> 27) * 0x94d049bb133111eb;
        return z ^ z >> 31;
    }
    std::size_t below(std::size_t n) { return static_cast<std::size_t>(next() % n); }
    double share() { return static_cast<double>(next() >> 11) * 0x1p-53; }
    bool chance(double p) { return share() < p; }
    /// Zipf's law on [0, n), by the inverse of its continuous form.
    std::size_t zipf(std::size_t n, double s) {
        const auto size = static_cast<double>(n) + 1;
        const auto x = std::pow(share() * (std::pow(size, 1 - s) - 1) + 1, 1 / (1 - s));
        return std::min(static_cast<std::size_t>(x) - 1, n - 1);
    }
    template <class List>
    const auto& of(const List& list) {
        return list[below(std::size(list))];
    }

private:
    std::uint64_t state_;
};

// ---- words

std::string utf8OfLatin1(std::string_view latin1) {
    std::string out;
    for (const char c : latin1) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80) {
            out.push_back(c);
            continue;
        }
        out.push_back(static_cast<char>(0xc0 | byte >> 6));
        out.push_back(static_cast<char>(0x80 | (byte & 0x3f)));
    }
    return out;
}

bool isPlainWord(const std::string& word) {
    return word.size() >= 3 && word.size() <= 16 && isUtf8(word) && std::ranges::all_of(word, [](char c) {
               return static_cast<unsigned char>(c) >= 0x80 || (c >= 'a' && c <= 'z');
           });
}

std::vector<std::string> madeUpWords(Dice& dice) {
    static constexpr std::array<std::string_view, 24> kSyllables = {
        "ka",  "lo", "mi", "ver", "tas", "ren", "ol",  "pi", "sun", "dal", "er",  "ki",
        "mar", "tu", "li", "nos", "ha",  "bel", "kor", "ja", "ti",  "en",  "sko", "ru"};
    std::set<std::string> words;
    while (words.size() < 20'000) {
        std::string word;
        for (auto count = 2 + dice.below(3); count > 0; --count)
            word += dice.of(kSyllables);
        words.insert(word);
    }
    return {words.begin(), words.end()};
}

/// At most `wordsMax` words of the list, in an order that has nothing to do with the alphabet.
std::vector<std::string> wordsOfFile(const char* path, bool isLatin1, Dice& dice) {
    constexpr std::size_t kWordsMax = 120'000;
    std::set<std::string> all;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        auto word = line.substr(0, line.find('\t'));
        if (isLatin1) word = utf8OfLatin1(word);
        if (isPlainWord(word)) all.insert(std::move(word));
    }
    if (all.size() < 1'000) {
        fmt::print(stderr, "no {}: words are made up instead; see deploy/setup bench\n", path);
        return madeUpWords(dice);
    }
    std::vector<std::string> words(all.begin(), all.end());
    for (auto i = words.size(); i > 1; --i)
        std::swap(words[i - 1], words[dice.below(i)]);
    words.resize(std::min(words.size(), kWordsMax));
    return words;
}

struct Category {
    std::array<std::string_view, Languages> nouns;
    std::array<std::string_view, 4> sizes;
};
constexpr std::array<Category, 24> kCategories = {{
    {{"juoksukengät", "löparskor", "buty do biegania", "running shoes"}, {"38", "40", "42", "44"}},
    {{"saappaat", "stövlar", "kozaki", "boots"}, {"37", "39", "41", "42,5"}},
    {{"paita", "skjorta", "koszula", "shirt"}, {"S", "M", "L", "XL"}},
    {{"takki", "jacka", "kurtka", "jacket"}, {"S", "M", "L", "XL"}},
    {{"housut", "byxor", "spodnie", "trousers"}, {"S", "M", "L", "XL"}},
    {{"sukat", "strumpor", "skarpety", "socks"}, {"36-38", "39-41", "42-44", "45-47"}},
    {{"televisio", "teve", "telewizor", "television"}, {"32\"", "43\"", "55\"", "65\""}},
    {{"kuulokkeet", "hörlurar", "słuchawki", "headphones"}, {"", "20 h", "30 h", "40 h"}},
    {{"puhelin", "telefon", "smartfon", "phone"}, {"64 GB", "128 GB", "256 GB", "512 GB"}},
    {{"kaiutin", "högtalare", "głośnik", "speaker"}, {"10 W", "20 W", "60 W", "100 W"}},
    {{"pesukone", "tvättmaskin", "pralka", "washing machine"}, {"7 kg", "8 kg", "9 kg", "10 kg"}},
    {{"kahvinkeitin", "kaffebryggare", "ekspres do kawy", "coffee maker"},
     {"0,6 l", "1 l", "1,25 l", "1,5 l"}},
    {{"porakone", "borrmaskin", "wiertarka", "drill"}, {"12 V", "18 V", "600 W", "800 W"}},
    {{"vasara", "hammare", "młotek", "hammer"}, {"300 g", "500 g", "750 g", "1 kg"}},
    {{"maali", "målarfärg", "farba", "paint"}, {"1 l", "3 l", "9 l", "0,5 l"}},
    {{"tuoli", "stol", "krzesło", "chair"}, {"", "45 cm", "50 cm", "80 cm"}},
    {{"pöytä", "bord", "stół", "table"}, {"80x120 cm", "60x60 cm", "90x180 cm", ""}},
    {{"valaisin", "lampa", "lampa", "lamp"}, {"", "20 cm", "40 cm", "E27"}},
    {{"matto", "matta", "dywan", "rug"}, {"80x160 cm", "140x200 cm", "200x300 cm", ""}},
    {{"kahvi", "kaffe", "kawa", "coffee"}, {"250 g", "500 g", "1 kg", "450 g"}},
    {{"suklaa", "choklad", "czekolada", "chocolate"}, {"100 g", "200 g", "145 g", "40 g"}},
    {{"koiranruoka", "hundmat", "karma dla psa", "dog food"}, {"400 g", "2 kg", "12 kg", "800 g"}},
    {{"polkupyörä", "cykel", "rower", "bicycle"}, {"20\"", "24\"", "26\"", "28\""}},
    {{"reppu", "ryggsäck", "plecak", "backpack"}, {"15 l", "20 l", "30 l", "65 l"}},
}};
constexpr std::array<std::array<std::string_view, Languages>, 8> kColours = {{
    {"musta", "svart", "czarny", "black"},
    {"valkoinen", "vit", "biały", "white"},
    {"punainen", "röd", "czerwony", "red"},
    {"sininen", "blå", "niebieski", "blue"},
    {"vihreä", "grön", "zielony", "green"},
    {"harmaa", "grå", "szary", "grey"},
    {"keltainen", "gul", "żółty", "yellow"},
    {"ruskea", "brun", "brązowy", "brown"},
}};
constexpr std::array<std::array<std::string_view, 4>, Languages> kInflections = {{{"n", "ssa", "lla", "t"},
                                                                                  {"en", "ar", "arna", "s"},
                                                                                  {"y", "ów", "ami", "em"},
                                                                                  {"s", "es", "ing", "'s"}}};

class Maker {
public:
    Maker(std::uint32_t products, std::uint64_t seed) : count_(products), dice_(seed) {
        vocabulary_[Finnish] = wordsOfFile("/usr/share/dictd/freedict-fin-eng.index", false, dice_);
        vocabulary_[Swedish] = wordsOfFile("/usr/share/dict/swedish", true, dice_);
        vocabulary_[Polish] = wordsOfFile("/usr/share/dict/polish", false, dice_);
        vocabulary_[English] = wordsOfFile("/usr/share/dict/american-english", false, dice_);
        const auto brands =
            std::clamp<std::size_t>(static_cast<std::size_t>(3 * std::sqrt(products)), 200, 3'000);
        const auto names = madeUpWords(dice_);
        for (std::size_t i = 0; i < brands; ++i) {
            auto brand = names[i * 5 % names.size()];
            brand[0] = static_cast<char>(brand[0] - 'a' + 'A');
            brands_.push_back(brand);
        }
    }

    std::vector<ShopProduct> products() {
        std::vector<ShopProduct> products(count_);
        for (std::uint32_t rank = 0; rank < count_; ++rank)
            products[rank] = product(rank);
        return products;
    }

private:
    ShopProduct product(std::uint32_t rank) {
        ShopProduct product;
        product.rank = rank;
        product.gtin = 6'400'000'000'000 + std::uint64_t{rank} * 7'919 % 99'999'999'999 * 10;
        constexpr std::array<int, 5> kShares = {Finnish, Finnish, Swedish, Polish, English};
        product.lang = dice_.of(kShares);
        const auto categoryNumber = dice_.zipf(kCategories.size(), 0.5);
        const auto& category = kCategories[categoryNumber];
        const auto& brand = brands_[dice_.zipf(brands_.size(), 0.8)];
        const auto& colour = dice_.of(kColours);
        const auto size = dice_.of(category.sizes);
        const auto series =
            dice_.chance(0.5) ? vocabulary_[English][dice_.zipf(5'000, 0.6)] + " " : std::string();
        if (dice_.chance(0.5)) product.model = modelOf(categoryNumber);
        auto titleIn = [&](int lang, bool isFirst) {
            const auto& words = vocabulary_[static_cast<std::size_t>(lang)];
            std::string noun(category.nouns[static_cast<std::size_t>(lang)]);
            if ((lang == Finnish || lang == Swedish) && noun.find(' ') == std::string::npos &&
                dice_.chance(0.3)) {
                const auto& modifier = words[dice_.zipf(4'000, 0.7)];
                if (isFirst) product.head = noun;
                noun = modifier + noun;
            }
            if (isFirst) product.noun = noun;
            std::string title = brand + " " + series + noun;
            for (auto extra = dice_.below(3); extra > 0; --extra)
                title += " " + words[dice_.zipf(words.size(), 0.8)];
            if (dice_.chance(0.75)) title += " " + std::string(colour[static_cast<std::size_t>(lang)]);
            return title + (size.empty() ? "" : " ") + std::string(size);
        };
        product.title = titleIn(product.lang, true);
        product.otherTitle = titleIn(product.lang == English ? Finnish : English, false);
        return product;
    }

    std::string modelOf(std::size_t category) {
        std::string model(1 + category % 2, static_cast<char>('A' + category));
        if (dice_.chance(0.6)) model.push_back('-');
        for (auto digits = 2 + dice_.below(4); digits > 0; --digits)
            model.push_back(static_cast<char>('0' + dice_.below(10)));
        if (dice_.chance(0.6)) model.push_back(static_cast<char>('A' + dice_.below(26)));
        return model;
    }

    std::uint32_t count_;
    Dice dice_;
    std::array<std::vector<std::string>, Languages> vocabulary_;
    std::vector<std::string> brands_;
};

// ---- searches

/// Every product's words, to tell where the wanted one stands for a perfect engine.
class Oracle {
public:
    explicit Oracle(const std::vector<ShopProduct>& products) {
        for (const auto& product : products) {
            const auto folded = foldText(product.title + ' ' + product.otherTitle + ' ' + product.model);
            auto& own = words_.emplace_back();
            for (const auto word : wordsOf(folded))
                own.push_back(postings_.try_emplace(std::string(word)).first->first);
            std::ranges::sort(own);
            own.erase(std::unique(own.begin(), own.end()), own.end());
            for (const auto word : own)
                postings_.find(std::string(word))->second.push_back(product.rank);
        }
    }

    /// Whether fewer than ten better products hold all of `typed`'s words, the last as a beginning; `head`
    /// may stand at the end of a compound. False for a single word.
    [[nodiscard]] bool isAmongFirstTen(std::string_view typed, std::uint32_t rank,
                                       std::string_view head) const {
        const auto folded = foldText(typed);
        const auto words = wordsOf(folded);
        const auto foldedHead = foldText(head);
        const std::vector<std::uint32_t>* rarest = nullptr;
        for (std::size_t i = 0; i + 1 < words.size(); ++i) {
            if (words[i] == foldedHead) continue;
            const auto found = postings_.find(std::string(words[i]));
            if (found == postings_.end()) return false;
            if (rarest == nullptr || found->second.size() < rarest->size()) rarest = &found->second;
        }
        if (rarest == nullptr || !holds(rank, words, foldedHead)) return false;
        int better = 0;
        for (const auto other : *rarest) {
            if (other >= rank || better == 10) break;
            if (holds(other, words, foldedHead)) ++better;
        }
        return better < 10;
    }

private:
    [[nodiscard]] bool holds(std::uint32_t rank, const std::vector<std::string_view>& words,
                             const std::string& head) const {
        for (std::size_t i = 0; i < words.size(); ++i) {
            const bool isLast = i + 1 == words.size();
            const bool isHead = !head.empty() && words[i] == head;
            if (std::ranges::none_of(words_[rank], [&](std::string_view own) {
                    return own == words[i] || (isLast && own.starts_with(words[i])) ||
                           (isHead && own.ends_with(head));
                }))
                return false;
        }
        return true;
    }

    std::unordered_map<std::string, std::vector<std::uint32_t>> postings_;
    std::vector<std::vector<std::string_view>> words_;
};

/// One slip: mostly a neighbouring key, a letter left out, doubled or swapped; `isRandom`: any letter
/// anywhere.
std::string slipped(std::string word, Dice& dice, bool isRandom) {
    static constexpr std::array<std::string_view, 3> kRows = {"qwertyuiop", "asdfghjkl", "zxcvbnm"};
    const auto at = isRandom || dice.chance(0.1) ? dice.below(word.size()) : 1 + dice.below(word.size() - 1);
    auto anyLetter = [&] { return static_cast<char>('a' + dice.below(26)); };
    auto neighbour = [&](char c) {
        for (const auto row : kRows) {
            const auto place = row.find(c);
            if (place == std::string_view::npos) continue;
            if (place == 0) return row[1];
            return place + 1 == row.size() || dice.chance(0.5) ? row[place - 1] : row[place + 1];
        }
        return anyLetter();
    };
    const auto kind = dice.share();
    if (kind < 0.35)
        word[at] = isRandom ? anyLetter() : neighbour(word[at]);
    else if (kind < 0.6)
        word.erase(at, 1);
    else if (kind < 0.8)
        word.insert(at, 1, isRandom ? anyLetter() : dice.chance(0.5) ? word[at] : neighbour(word[at]));
    else
        std::swap(word[at], word[at + 1 < word.size() ? at + 1 : at - 1]);
    return word;
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words)
        text += (text.empty() ? "" : " ") + word;
    return text;
}

class Typist {
public:
    Typist(const std::vector<ShopProduct>& products, std::uint64_t seed)
        : products_(products), oracle_(products), dice_(seed) {}

    std::vector<ShopSearch> type(std::size_t count) {
        std::vector<ShopSearch> searches;
        for (std::size_t tries = 0; searches.size() < count && tries < count * 200; ++tries) {
            const auto rank =
                dice_.chance(0.7) ? dice_.zipf(products_.size(), 0.8) : dice_.below(products_.size());
            const auto search = typeOne(products_[rank]);
            if (!search.typed.empty()) searches.push_back(search);
        }
        return searches;
    }

private:
    ShopSearch typeOne(const ShopProduct& product) {
        const auto kind = dice_.share();
        if (kind < 0.03) return {"gtin", std::to_string(product.gtin), product.rank};
        if (kind < 0.1) return typeCode(product);
        if (kind < 0.5 && !product.head.empty()) return typeWords(product, product.head, "compound");
        return typeWords(product, {},
                         kind < 0.3    ? product.lang < 0 ? "typo" : "inflected"
                         : kind < 0.5  ? "typo"
                         : kind < 0.55 ? "random"
                                       : "exact");
    }

    ShopSearch typeCode(const ShopProduct& product) {
        auto typed = product.model;
        if (typed.empty() || !oracle_.isAmongFirstTen(typed, product.rank, {})) return {}; // its parts
        for (char& c : typed)
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
        if (dice_.chance(0.5)) std::erase(typed, '-');
        return {"code", typed, product.rank};
    }

    /// Words of the title in some order, as few as make the product one of the first ten, then the mistake.
    ShopSearch typeWords(const ShopProduct& product, const std::string& head, const std::string& kind) {
        const auto folded = foldText(product.title);
        std::vector<std::string> pool;
        const auto noun = foldText(product.noun);
        for (const auto word : wordsOf(folded))
            if (word.size() > 1 && word[0] >= 'a' && (head.empty() || word != noun)) pool.emplace_back(word);
        for (auto i = pool.size(); i > 1; --i)
            if (dice_.chance(0.5)) std::swap(pool[i - 1], pool[dice_.below(i)]);
        std::vector<std::string> words;
        for (const auto& next : pool) {
            if (words.size() == 5) break;
            words.push_back(next);
            auto all = words;
            if (!head.empty()) all.push_back(foldText(head));
            // A single word is no search that the oracle could judge without reading every product.
            if (all.size() > 1 && oracle_.isAmongFirstTen(joined(all), product.rank, head))
                return {kind, spoilt(all, product, kind), product.rank};
        }
        return {};
    }

    /// Empty when the words have none that may be spoilt so.
    std::string spoilt(std::vector<std::string> words, const ShopProduct& product, const std::string& kind) {
        if (kind == "exact" || kind == "compound") {
            auto typed = joined(words);
            if (kind == "exact" && words.back().size() > 5 && dice_.chance(0.3)) {
                auto shorter = typed.substr(0, typed.size() - 1 - dice_.below(words.back().size() / 3));
                if (oracle_.isAmongFirstTen(shorter, product.rank, {})) typed = shorter;
            }
            return typed;
        }
        std::vector<std::size_t> long_;
        for (std::size_t i = 0; i < words.size(); ++i)
            if (words[i].size() >= 5) long_.push_back(i);
        if (long_.empty()) return {};
        auto& word = words[long_[dice_.below(long_.size())]];
        if (kind != "inflected") {
            word = slipped(word, dice_, kind == "random");
            return joined(words);
        }
        const auto& endings = kInflections[static_cast<std::size_t>(product.lang)];
        const bool endsInVowel = std::string_view("aeiouy").find(word.back()) != std::string_view::npos;
        if (endsInVowel && (product.lang == Polish || product.lang == Swedish)) word.pop_back();
        word += foldText(dice_.of(endings));
        return joined(words);
    }

    const std::vector<ShopProduct>& products_;
    Oracle oracle_;
    Dice dice_;
};

} // namespace

std::vector<ShopSearch> typeSearches(const std::vector<ShopProduct>& products, std::size_t count) {
    return Typist(products, 777).type(count);
}

Shop makeShop(std::uint32_t products, std::size_t searches) {
    Shop shop;
    shop.products = Maker(products, 20'260'601).products();
    shop.searches = typeSearches(shop.products, searches);
    return shop;
}

} // namespace silta::bench
