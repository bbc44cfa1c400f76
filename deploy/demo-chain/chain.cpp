#include "chain.h"

#include "table.h"

#include <silta/gtin.h>

#include <fmt/format.h>

#include <QSet>
#include <algorithm>
#include <cmath>
#include <optional>

namespace silta::demo {
namespace {

/// GS1 set this prefix aside for demonstrations, so that no number here can be a real product's.
constexpr const char* kGs1DemoPrefix = "952";
constexpr int kOfferPermille = 130;
constexpr int kBulkyFromCents = 14000; ///< furniture above this price is kept in ones and twos

Error invalid(const char* table, const QString& key, const QString& why) {
    return {Errc::Invalid, fmt::format("compose {}: {}: {}", table, key.toStdString(), why.toStdString())};
}

Texts textsOf(const Row& row) {
    return {row["en"], row["fi"], row["sv"], row["pl"]};
}

QString capitalized(QString text) {
    if (!text.isEmpty()) text[0] = text[0].toUpper();
    return text;
}

/// Lower-case ASCII letters, digits and hyphens, for file names.
QString fileWord(const QString& text) {
    QString word;
    for (const QChar c : text.normalized(QString::NormalizationForm_D).toLower()) {
        if (c == QChar(u'ł'))
            word += QLatin1Char('l');
        else if (c.unicode() < 128)
            word += c.isLetterOrNumber() ? c : QLatin1Char('-');
    }
    return word;
}

/// Prices end as shops end them: .95 and .50 below 20 EUR, .90 below 100 EUR, whole euros above.
int shelfPrice(double cents) {
    if (cents < 2000) {
        const int rounded = static_cast<int>(std::max(1.0, std::round(cents / 50))) * 50;
        return rounded % 100 == 0 ? rounded - 5 : rounded;
    }
    if (cents < 10000) return static_cast<int>(std::round(cents / 100)) * 100 - 10;
    return static_cast<int>(std::round(cents / 500)) * 500 - 100;
}

struct Phrase {
    Texts text;
    QString detail;
};

/// The tables that a model refers to by key.
struct Lookup {
    QHash<QString, const Color*> colors;
    QHash<QString, const Department*> departments;
    QHash<QString, QStringList> palettes;
    QHash<QString, std::vector<Size>> sizes;
    QHash<QString, Phrase> phrases;
    QHash<QString, Texts> materials;
    QHash<QString, int> brands;
};

Result<void> loadColors(Assortment& assortment, Lookup& lookup) {
    auto table = Table::load(QStringLiteral("colors"));
    if (!table) return table.error();
    for (const Row& row : table->rows())
        assortment.colors.push_back({row["key"], row["hex"], row["accent"], textsOf(row)});
    for (const Color& color : assortment.colors)
        lookup.colors.insert(color.key, &color);
    auto palettes = Table::load(QStringLiteral("palettes"));
    if (!palettes) return palettes.error();
    for (const Row& row : palettes->rows())
        lookup.palettes.insert(row["key"], row["colors"].split(QLatin1Char('+')));
    return {};
}

Result<void> loadDepartments(Assortment& assortment, Lookup& lookup) {
    auto table = Table::load(QStringLiteral("departments"));
    if (!table) return table.error();
    assortment.departments.reserve(table->rows().size());
    for (const Row& row : table->rows()) {
        Department department{row["key"], row["aisle"], row["voice"], row["food"] == u"1", textsOf(row), {}};
        department.path = department.name;
        const qsizetype slash = department.key.lastIndexOf(QLatin1Char('/'));
        if (slash > 0) {
            const Department* parent = lookup.departments.value(department.key.left(slash));
            if (parent == nullptr)
                return invalid("departments", department.key, QStringLiteral("parent comes later or never"));
            for (std::size_t i = 0; i < department.path.size(); ++i)
                department.path[i] = parent->path[i] + QStringLiteral(" > ") + department.name[i];
        }
        assortment.departments.push_back(std::move(department));
        lookup.departments.insert(assortment.departments.back().key, &assortment.departments.back());
    }
    return {};
}

Result<void> loadWords(Lookup& lookup) {
    auto sizes = Table::load(QStringLiteral("sizes"));
    auto phrases = Table::load(QStringLiteral("phrases"));
    auto materials = Table::load(QStringLiteral("materials"));
    auto brands = Table::load(QStringLiteral("brands"));
    for (const auto* table : {&sizes, &phrases, &materials, &brands}) {
        if (!*table) return table->error();
    }
    for (const Row& row : sizes->rows()) {
        std::vector<Size> list;
        for (const QString& entry : row["sizes"].split(QLatin1Char('|'))) {
            const qsizetype colon = entry.indexOf(QLatin1Char(':'));
            list.push_back(
                {colon < 0 ? entry : entry.left(colon), colon < 0 ? 1.0 : entry.mid(colon + 1).toDouble()});
        }
        lookup.sizes.insert(row["key"], std::move(list));
    }
    for (const Row& row : phrases->rows())
        lookup.phrases.insert(row["key"], {textsOf(row), row["detail"]});
    for (const Row& row : materials->rows())
        lookup.materials.insert(row["key"], textsOf(row));
    for (const Row& row : brands->rows())
        lookup.brands.insert(row["name"], static_cast<int>(lookup.brands.size()) + 1);
    return {};
}

/// What a measure says about a product, as a Google product_detail.
QString measureDetail(const QString& measure) {
    const QString unit = measure.section(QLatin1Char(' '), -1);
    QString name;
    if (unit == u"l" || unit == u"ml")
        name = QStringLiteral("Capacity");
    else if (unit == u"cm" || unit == u"m")
        name = QStringLiteral("Dimensions");
    else if (unit == u"kg" || unit == u"g")
        name = QStringLiteral("Weight");
    else
        name = QStringLiteral("Contents");
    return QStringLiteral("General:%1:%2").arg(name, measure);
}

Result<void> setColors(Model& model, QString palette, const Lookup& lookup) {
    model.namesColor = !palette.startsWith(QLatin1Char('!'));
    if (!model.namesColor) palette.remove(0, 1);
    for (const QString& key : lookup.palettes.value(palette, palette.split(QLatin1Char('+')))) {
        const Color* color = lookup.colors.value(key);
        if (color == nullptr) return invalid("models", model.key, QStringLiteral("unknown colour ") + key);
        model.colors.push_back(color);
    }
    if (!model.namesColor && model.colors.size() > 1)
        return invalid("models", model.key, QStringLiteral("several colours that tell no variants apart"));
    return {};
}

Result<void> describe(Model& model, const Row& row, const Lookup& lookup) {
    const QString materialKey = row["material"];
    for (const QString& key : row["phrases"].split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        const auto phrase = lookup.phrases.constFind(key);
        if (phrase == lookup.phrases.constEnd())
            return invalid("models", model.key, QStringLiteral("unknown phrase ") + key);
        for (std::size_t i = 0; i < model.description.size(); ++i)
            model.description[i] +=
                (model.description[i].isEmpty() ? QString() : QStringLiteral(" ")) + phrase->text[i];
        if (!phrase->detail.isEmpty()) model.details << phrase->detail;
    }
    if (materialKey != u"-") {
        const auto material = lookup.materials.constFind(materialKey);
        if (material == lookup.materials.constEnd())
            return invalid("models", model.key, QStringLiteral("unknown material ") + materialKey);
        model.material = (*material)[0];
        const Texts label = {QStringLiteral("Material"), QStringLiteral("Materiaali"),
                             QStringLiteral("Material"), QStringLiteral("Materiał")};
        for (std::size_t i = 0; i < model.description.size(); ++i)
            model.description[i] += QStringLiteral(" %1: %2.").arg(label[i], (*material)[i]);
    }
    if (!model.measure.isEmpty()) model.details.prepend(measureDetail(model.measure));
    return {};
}

/// English, Finnish and Swedish shops lead with the brand, Polish ones with the noun.
void entitle(Model& model, const Row& row) {
    const Texts nouns = textsOf(row);
    const QString name = model.series.isEmpty() ? model.brand : model.brand + QLatin1Char(' ') + model.series;
    for (std::size_t i = 0; i < nouns.size(); ++i) {
        QString title;
        if (nouns[i].startsWith(QLatin1Char('='))) // stands alone: the title of a book
            title = nouns[i].mid(1);
        else if (kLanguages[i] == "pl")
            title = capitalized(nouns[i]) + QLatin1Char(' ') + name;
        else
            title = name + QLatin1Char(' ') + nouns[i];
        if (!model.measure.isEmpty()) title += QLatin1Char(' ') + localized(model.measure, i);
        model.title[i] = title;
    }
}

/// One range is "brand/series/price/palette".
Result<Model> composeModel(const Row& row, const QString& range, int style, const Lookup& lookup) {
    const QStringList parts = range.trimmed().split(QLatin1Char('/'));
    Model model;
    model.noun = row["key"];
    model.key = model.noun;
    if (parts.size() != 4)
        return invalid("models", model.key, QStringLiteral("a range has four parts: ") + range);
    model.brand = parts[0];
    model.series = parts[1];
    model.key += QLatin1Char('-') + fileWord(model.series.isEmpty() ? model.brand : model.series);
    if (!lookup.brands.contains(model.brand))
        return invalid("models", model.key, QStringLiteral("unknown brand ") + model.brand);
    model.priceCents = static_cast<int>(std::lround(parts[2].toDouble() * 100));
    if (model.priceCents <= 0) return invalid("models", model.key, QStringLiteral("no price"));
    model.department = lookup.departments.value(row["department"]);
    model.topDepartment = lookup.departments.value(row["department"].section(QLatin1Char('/'), 0, 0));
    if (model.department == nullptr)
        return invalid("models", model.key, QStringLiteral("unknown department"));
    model.art = row["art"].section(QLatin1Char(':'), 0, 0);
    model.artStyles = row["art"].section(QLatin1Char(':'), 1, 1);
    model.style = style;
    model.measure = row["measure"] == u"-" ? QString() : row["measure"];
    if (row["sizes"] != u"-") {
        const auto sizes = lookup.sizes.constFind(row["sizes"]);
        if (sizes == lookup.sizes.constEnd())
            return invalid("models", model.key, QStringLiteral("unknown sizes"));
        model.sizes = *sizes;
    }
    if (auto done = setColors(model, parts[3], lookup); !done) return done.error();
    if (auto done = describe(model, row, lookup); !done) return done.error();
    entitle(model, row);
    model.popularity = chance(model.key + QStringLiteral("/popularity"));
    model.isBulky = model.priceCents >= kBulkyFromCents;
    if (pick(model.key + QStringLiteral("/offer"), 1000) < kOfferPermille)
        model.offPercent = 15 + 5 * pick(model.key + QStringLiteral("/off"), 5);
    return model;
}

QString gtinOf(int brand, int serial) {
    const std::string body = fmt::format("{}{:03}{:06}", kGs1DemoPrefix, brand, serial);
    return QString::fromStdString(body + Gtin::checkDigit(body));
}

/// The middle sizes sell best.
double shareOf(std::size_t index, std::size_t count) {
    if (count < 3) return 1;
    const double middle = static_cast<double>(count - 1) / 2;
    return 1.3 - std::abs(static_cast<double>(index) - middle) / middle;
}

void addItems(Assortment& assortment, const Model& model, int modelNumber, int brand, int& serial) {
    const std::vector<Size> sizes = model.sizes.empty() ? std::vector<Size>{Size{}} : model.sizes;
    int variant = 0;
    for (const Color* color : model.colors) {
        for (std::size_t s = 0; s < sizes.size(); ++s) {
            Item item;
            item.model = &model;
            item.color = color;
            item.size = sizes[s].label;
            item.sku =
                QStringLiteral("SD%1-%2").arg(1000 + modelNumber).arg(++variant, 2, 10, QLatin1Char('0'));
            item.gtin = gtinOf(brand, ++serial);
            item.priceCents = sizes[s].priceFactor == 1 ? model.priceCents
                                                        : shelfPrice(model.priceCents * sizes[s].priceFactor);
            if (model.offPercent > 0) {
                const int sale = shelfPrice(item.priceCents * (100 - model.offPercent) / 100.0);
                item.saleCents = sale < item.priceCents ? sale : 0;
            }
            item.picture = QStringLiteral("%1-%2.jpg").arg(model.key, color->key);
            item.share = shareOf(s, sizes.size());
            assortment.items.push_back(std::move(item));
        }
    }
}

} // namespace

double chance(const QString& text) {
    // FNV-1a, then a finaliser: neighbouring keys must not get neighbouring numbers.
    std::uint64_t hash = 14695981039346656037ULL;
    for (const char byte : text.toUtf8()) {
        hash ^= static_cast<unsigned char>(byte);
        hash *= 1099511628211ULL;
    }
    hash = (hash ^ (hash >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    hash = (hash ^ (hash >> 27U)) * 0x94d049bb133111ebULL;
    hash ^= hash >> 31U;
    return static_cast<double>(hash >> 11U) / 9007199254740992.0; // 2^53
}

int pick(const QString& text, int count) {
    return static_cast<int>(chance(text) * count);
}

QString localized(const QString& measure, std::size_t language) {
    if (kLanguages[language] == "en") return measure;
    QString text = measure;
    for (qsizetype i = 1; i + 1 < text.size(); ++i) {
        if (text[i] == u'.' && text[i - 1].isDigit() && text[i + 1].isDigit()) text[i] = QLatin1Char(',');
    }
    const std::array<std::array<const char16_t*, 4>, 5> units = {
        {{u" pcs", u" kpl", u" st", u" szt."},
         {u" sheets", u" arkkia", u" ark", u" ark."},
         {u" pages", u" sivua", u" sidor", u" stron"},
         {u" pieces", u" palaa", u" bitar", u" elementów"},
         {u" bags", u" pussia", u" påsar", u" torebek"}}};
    for (const auto& unit : units)
        text.replace(QString::fromUtf16(unit[0]), QString::fromUtf16(unit[language]));
    return text;
}

QString priceText(int cents) {
    return QStringLiteral("%1.%2 EUR").arg(cents / 100).arg(cents % 100, 2, 10, QLatin1Char('0'));
}

OfferPeriod offerPeriod(const Model& model, QDate today) {
    return {today.addDays(-3 - pick(model.key + QStringLiteral("/from"), 8)),
            today.addDays(7 + pick(model.key + QStringLiteral("/to"), 15))};
}

Result<Assortment> composeAssortment() {
    Assortment assortment;
    Lookup lookup;
    if (auto done = loadColors(assortment, lookup); !done) return done.error();
    if (auto done = loadDepartments(assortment, lookup); !done) return done.error();
    if (auto done = loadWords(lookup); !done) return done.error();

    QSet<QString> keys;
    for (const char* name :
         {"models-kitchen", "models-home", "models-wear", "models-leisure", "models-daily"}) {
        auto table = Table::load(QString::fromLatin1(name));
        if (!table) return table.error();
        for (const Row& row : table->rows()) {
            int style = 0;
            for (const QString& range : row["ranges"].split(QLatin1Char(';'))) {
                auto model = composeModel(row, range, style++, lookup);
                if (!model) return model.error();
                if (keys.contains(model->key))
                    return invalid("models", model->key, QStringLiteral("appears twice"));
                keys.insert(model->key);
                assortment.models.push_back(std::move(*model));
            }
        }
    }
    std::vector<int> serials(static_cast<std::size_t>(lookup.brands.size()) + 1, 0);
    int number = 0;
    for (const Model& model : assortment.models) {
        const int brand = lookup.brands.value(model.brand);
        addItems(assortment, model, ++number, brand, serials[static_cast<std::size_t>(brand)]);
    }
    return assortment;
}

} // namespace silta::demo
