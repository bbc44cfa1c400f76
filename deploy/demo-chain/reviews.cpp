#include "feeds.h"
#include "table.h"

#include <fmt/format.h>

#include <QDateTime>
#include <QTimeZone>
#include <QXmlStreamWriter>
#include <algorithm>

namespace silta::demo {
namespace {

constexpr int kReviewedPercent = 62;
constexpr int kReviewsOfModelMax = 8;
constexpr int kOldestReviewDays = 540;

struct Opinion {
    QString title, text;
};

/// Phrases of one voice and language by mood ('+' pleased, '~' so-so, '-' let down) and, where a model's own
/// row names it, by noun.
using Opinions = QHash<QString, std::vector<Opinion>>;

QString opinionKey(const QString& voice, const QString& mood, const QString& lang) {
    return voice + QLatin1Char('/') + mood + QLatin1Char('/') + lang;
}

struct Voices {
    Opinions opinions;
    QHash<QString, QStringList> names;    ///< by language
    QHash<QString, QStringList> closings; ///< by mood/language; an empty one says nothing more
};

Result<Voices> loadVoices() {
    Voices voices;
    auto reviews = Table::load(QStringLiteral("reviews"));
    if (!reviews) return reviews.error();
    for (const Row& row : reviews->rows())
        voices.opinions[opinionKey(row["voice"], row["mood"], row["lang"])].push_back(
            {row["title"], row["text"]});
    auto names = Table::load(QStringLiteral("reviewers"));
    if (!names) return names.error();
    for (const Row& row : names->rows()) {
        voices.names.insert(row["lang"], row["names"].split(QLatin1Char('|')));
        voices.closings.insert(QStringLiteral("+/") + row["lang"], row["closings"].split(QLatin1Char('|')));
    }
    return voices;
}

struct Mood {
    int stars;
    QString key;
};

/// `liking` is the model's own quality, 0..1: most models please, a few do not.
Mood moodOf(double liking, double luck) {
    const double pleased = 0.62 + 0.36 * liking;
    if (luck < pleased) return {luck < pleased * (0.35 + 0.45 * liking) ? 5 : 4, QStringLiteral("+")};
    if (luck < pleased + (1 - pleased) * 0.7) return {3, QStringLiteral("~")};
    return {luck < pleased + (1 - pleased) * 0.88 ? 2 : 1, QStringLiteral("-")};
}

class ReviewWriter {
public:
    ReviewWriter(QByteArray& bytes, const Voices& voices, QDate today)
        : xml_(&bytes), voices_(voices), today_(today) {
        xml_.setAutoFormatting(true);
        xml_.setAutoFormattingIndent(1);
        xml_.writeStartDocument();
        xml_.writeStartElement(QStringLiteral("feed"));
        xml_.writeAttribute(QStringLiteral("xmlns:xsi"),
                            QStringLiteral("http://www.w3.org/2001/XMLSchema-instance"));
        xml_.writeAttribute(
            QStringLiteral("xsi:noNamespaceSchemaLocation"),
            QStringLiteral("http://www.google.com/shopping/reviews/schema/product/2.3/product_reviews.xsd"));
        xml_.writeTextElement(QStringLiteral("version"), QStringLiteral("2.3"));
        xml_.writeStartElement(QStringLiteral("publisher"));
        xml_.writeTextElement(QStringLiteral("name"), QStringLiteral("Silta Demo"));
        xml_.writeEndElement();
        xml_.writeStartElement(QStringLiteral("reviews"));
    }

    Result<void> addModel(const std::vector<const Item*>& items) {
        const Model& model = *items.front()->model;
        if (pick(model.key + QStringLiteral("/reviewed"), 100) >= kReviewedPercent) return {};
        const double liking = std::min(1.0, 0.25 + chance(model.key + QStringLiteral("/liking")));
        const int count = 1 + pick(model.key + QStringLiteral("/reviews"), kReviewsOfModelMax);
        QStringList used;
        for (int i = 0; i < count; ++i) {
            const QString seed = model.key + QStringLiteral("/review/") + QString::number(i);
            if (auto done = addReview(items, seed, liking, used); !done) return done;
        }
        return {};
    }

    void finish() { xml_.writeEndDocument(); }

private:
    Result<void> addReview(const std::vector<const Item*>& items, const QString& seed, double liking,
                           QStringList& used) {
        const Model& model = *items.front()->model;
        // Half of the shops are Finnish, the rest is shared by Swedish and Polish; some guests write English.
        static const std::array<const char*, 10> kShare = {"fi", "fi", "fi", "sv", "sv",
                                                           "pl", "pl", "pl", "en", "en"};
        const QString lang =
            QString::fromLatin1(kShare[static_cast<std::size_t>(pick(seed + QStringLiteral("/lang"), 10))]);
        const Mood mood = moodOf(liking, chance(seed + QStringLiteral("/mood")));
        const std::vector<Opinion>* opinions = nullptr;
        for (const QString& voice : {model.noun, model.department->key, model.topDepartment->voice}) {
            const auto it = voices_.opinions.constFind(opinionKey(voice, mood.key, lang));
            if (it != voices_.opinions.constEnd() &&
                std::any_of(it->begin(), it->end(),
                            [&](const Opinion& opinion) { return !used.contains(opinion.title); })) {
                opinions = &*it;
                break;
            }
        }
        if (opinions == nullptr) // every phrase of this mood and language is spent on this model
            return {};
        auto at = static_cast<std::size_t>(
            pick(seed + QStringLiteral("/opinion"), static_cast<int>(opinions->size())));
        while (used.contains((*opinions)[at].title))
            at = (at + 1) % opinions->size();
        const Opinion& opinion = (*opinions)[at];
        used << opinion.title;
        write(items, seed, lang, mood, opinion);
        return {};
    }

    void write(const std::vector<const Item*>& items, const QString& seed, const QString& lang,
               const Mood& mood, const Opinion& opinion) {
        const QStringList names = voices_.names.value(lang);
        const QString name = names[pick(seed + QStringLiteral("/name"), static_cast<int>(names.size()))] +
                             QLatin1Char(' ') + QChar(u'A' + pick(seed + QStringLiteral("/initial"), 22)) +
                             QLatin1Char('.');
        QString text = opinion.text;
        const QStringList closings = voices_.closings.value(mood.key + QLatin1Char('/') + lang);
        if (!closings.isEmpty() && pick(seed + QStringLiteral("/close"), 100) < 40)
            text += QLatin1Char(' ') +
                    closings[pick(seed + QStringLiteral("/closing"), static_cast<int>(closings.size()))];
        const QDateTime written(
            today_.addDays(-1 - pick(seed + QStringLiteral("/day"), kOldestReviewDays)),
            QTime(6 + pick(seed + QStringLiteral("/hour"), 16), pick(seed + QStringLiteral("/minute"), 60)),
            QTimeZone::utc());
        const Item& item = *items[static_cast<std::size_t>(
            pick(seed + QStringLiteral("/item"), static_cast<int>(items.size())))];

        xml_.writeStartElement(QStringLiteral("review"));
        xml_.writeTextElement(QStringLiteral("review_id"), QString::number(++count_));
        xml_.writeStartElement(QStringLiteral("reviewer"));
        xml_.writeTextElement(QStringLiteral("name"), name);
        xml_.writeEndElement();
        xml_.writeTextElement(QStringLiteral("review_timestamp"), written.toString(Qt::ISODate));
        xml_.writeTextElement(QStringLiteral("title"), opinion.title);
        xml_.writeTextElement(QStringLiteral("content"), text);
        xml_.writeTextElement(QStringLiteral("review_language"), lang);
        xml_.writeStartElement(QStringLiteral("review_url"));
        xml_.writeAttribute(QStringLiteral("type"), QStringLiteral("group"));
        xml_.writeCharacters(QStringLiteral("https://demo.silta.example/p/%1#reviews").arg(item.sku));
        xml_.writeEndElement();
        xml_.writeStartElement(QStringLiteral("ratings"));
        xml_.writeStartElement(QStringLiteral("overall"));
        xml_.writeAttribute(QStringLiteral("min"), QStringLiteral("1"));
        xml_.writeAttribute(QStringLiteral("max"), QStringLiteral("5"));
        xml_.writeCharacters(QString::number(mood.stars));
        xml_.writeEndElement();
        xml_.writeEndElement();
        writeProduct(items);
        xml_.writeEndElement();
    }

    /// A review speaks about the design, whatever its colour and size: it names every item of the group.
    void writeProduct(const std::vector<const Item*>& items) {
        xml_.writeStartElement(QStringLiteral("products"));
        xml_.writeStartElement(QStringLiteral("product"));
        xml_.writeStartElement(QStringLiteral("product_ids"));
        xml_.writeStartElement(QStringLiteral("gtins"));
        for (const Item* item : items)
            xml_.writeTextElement(QStringLiteral("gtin"), item->gtin);
        xml_.writeEndElement();
        xml_.writeStartElement(QStringLiteral("skus"));
        for (const Item* item : items)
            xml_.writeTextElement(QStringLiteral("sku"), item->sku);
        xml_.writeEndElement();
        xml_.writeStartElement(QStringLiteral("brands"));
        xml_.writeTextElement(QStringLiteral("brand"), items.front()->model->brand);
        xml_.writeEndElement();
        xml_.writeEndElement();
        xml_.writeTextElement(QStringLiteral("product_name"), items.front()->model->title[0]);
        xml_.writeTextElement(QStringLiteral("product_url"),
                              QStringLiteral("https://demo.silta.example/p/") + items.front()->sku);
        xml_.writeEndElement();
        xml_.writeEndElement();
    }

    QXmlStreamWriter xml_;
    const Voices& voices_;
    QDate today_;
    int count_ = 0;
};

} // namespace

Result<QByteArray> reviewFeed(const Assortment& assortment, QDate today) {
    auto voices = loadVoices();
    if (!voices) return voices.error();
    for (const Department& department : assortment.departments) {
        for (const std::string_view lang : kLanguages) {
            const QString code = QString::fromLatin1(lang.data(), static_cast<qsizetype>(lang.size()));
            if (department.voice != u"-" &&
                !voices->opinions.contains(opinionKey(department.voice, QStringLiteral("+"), code)))
                return Error{Errc::Invalid, fmt::format("compose reviews: voice {} has nothing to say in {}",
                                                        department.voice.toStdString(), lang)};
        }
    }
    QByteArray bytes;
    ReviewWriter writer(bytes, *voices, today);
    std::vector<const Item*> items;
    for (std::size_t i = 0; i < assortment.items.size(); ++i) {
        items.push_back(&assortment.items[i]);
        if (i + 1 < assortment.items.size() && assortment.items[i + 1].model == items.front()->model)
            continue;
        if (auto done = writer.addModel(items); !done) return done.error();
        items.clear();
    }
    writer.finish();
    return bytes;
}

} // namespace silta::demo
