// Words that people remember and can say aloud in a shop: things and animals, none of which sounds like
// another one of its list.
#include "shopper/order.h"

#include <algorithm>
#include <array>

namespace silta {

namespace {

constexpr std::size_t kWordsOfLanguage = 40;

struct WordList {
    std::string_view lang;
    std::array<std::string_view, kWordsOfLanguage> words;
};

constexpr std::array<WordList, 4> kLists = {{
    {"en", {"anchor",   "apple",   "balloon", "bicycle", "bridge",  "butter", "candle", "castle",
            "cherry",   "cloud",   "dragon",  "engine",  "feather", "forest", "garden", "guitar",
            "hammer",   "harbour", "island",  "jacket",  "kettle",  "ladder", "lemon",  "mirror",
            "mountain", "ocean",   "orange",  "paper",   "pencil",  "pepper", "planet", "rabbit",
            "river",    "saddle",  "silver",  "spider",  "tiger",   "tunnel", "window", "winter"}},
    {"fi",
     {"aalto",  "ankkuri", "hattu",   "hauki",    "helmi", "honka",  "ikkuna", "jalava", "joutsen", "juusto",
      "kaarna", "kanto",   "karhu",   "kettu",    "kirja", "kivi",   "koivu",  "kuusi",  "laituri", "lakka",
      "lintu",  "lumi",    "majakka", "mustikka", "nalle", "norppa", "omena",  "orava",  "pilvi",   "polku",
      "puuro",  "ruusu",   "saari",   "sieni",    "silta", "taivas", "tuuli",  "vene",   "villa",   "ydin"}},
    {"sv", {"ankare",  "blomma",  "brygga",   "cykel",    "drake",  "fjäder", "flöjt",   "gitarr",
            "grotta",  "hammare", "hjort",    "igelkott", "jacka",  "kanin",  "kastanj", "klocka",
            "kudde",   "lampa",   "lejon",    "lingon",   "moln",   "nyckel", "orkan",   "papper",
            "penna",   "räv",     "regnbåge", "segel",    "silver", "skog",   "smör",    "spegel",
            "stjärna", "svamp",   "tiger",    "trumma",   "tunnel", "uggla",  "vinter",  "åska"}},
    {"pl", {"balon",   "brzoza",  "chmura", "cytryna", "drabina",  "dywan",  "farba", "gitara",
            "grzyb",   "huragan", "igła",   "jabłko",  "jaskinia", "kaczka", "klucz", "kotwica",
            "księżyc", "kwiat",   "lampa",  "lato",    "latarnia", "malina", "most",  "motyl",
            "namiot",  "obraz",   "ogród",  "okno",    "pióro",    "rower",  "rzeka", "sarna",
            "srebro",  "stodoła", "tygrys", "wiatr",   "wiosna",   "zegar",  "zima",  "żagiel"}},
}};

} // namespace

std::vector<std::string_view> orderWords(std::string_view lang) {
    auto list = std::ranges::find(kLists, lang, &WordList::lang);
    if (list == kLists.end()) list = kLists.begin();
    return {list->words.begin(), list->words.end()};
}

} // namespace silta
