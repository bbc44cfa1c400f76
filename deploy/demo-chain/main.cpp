// silta-demo-chain: writes the feeds and pictures of the demo retail chain into a folder.
#include "chain.h"
#include "feeds.h"
#include "pictures.h"
#include "stores.h"
#include "table.h"

#include <fmt/format.h>

#include <QCommandLineParser>
#include <QDir>
#include <QGuiApplication>
#include <cstdio>

namespace {

using namespace silta;
using namespace silta::demo;

Result<void> writeFeeds(const Assortment& assortment, const QString& folder, QDate today) {
    auto shops = loadShops();
    if (!shops) return shops.error();
    auto stores = storesJson(*shops, today);
    if (!stores) return stores.error();
    auto reviews = reviewFeed(assortment, today);
    if (!reviews) return reviews.error();
    std::vector<std::pair<QString, QByteArray>> files = {
        {QStringLiteral("products.tsv"), productFeed(assortment, *shops, today)},
        {QStringLiteral("inventory.tsv"), inventoryFeed(assortment, *shops)},
        {QStringLiteral("stores.json"), *stores},
        {QStringLiteral("reviews.xml"), *reviews}};
    for (std::size_t i = 1; i < kLanguages.size(); ++i)
        files.emplace_back(QStringLiteral("products.%1.tsv").arg(QLatin1String(kLanguages[i].data())),
                           supplementalFeed(assortment, i));
    for (const auto& [name, bytes] : files) {
        if (auto done = writeFile(folder + QLatin1Char('/') + name, bytes); !done) return done;
    }
    return {};
}

/// `only`: which pictures to draw, by file name; empty = all.
Result<void> run(const QString& folder, QDate today, bool withPictures, const QStringList& only) {
    if (!QDir().mkpath(folder))
        return Error{Errc::Io, fmt::format("create {}: refused", folder.toStdString())};
    auto assortment = composeAssortment();
    if (!assortment) return assortment.error();
    if (auto done = writeFeeds(*assortment, folder, today); !done) return done;
    fmt::print("{} items of {} designs\n", assortment->items.size(), assortment->models.size());
    if (!withPictures) return {};
    auto pictures = drawPictures(*assortment, folder + QStringLiteral("/pictures"), only);
    if (!pictures) return pictures.error();
    fmt::print("{} pictures drawn, {} kept\n", pictures->drawn, pictures->kept);
    return {};
}

} // namespace

int main(int argc, char* argv[]) {
    qputenv("QT_QPA_PLATFORM", "offscreen"); // draws into memory only; must work without a display
    const QGuiApplication application(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("Writes the feeds and pictures of the demo retail chain."));
    parser.addHelpOption();
    const QCommandLineOption out(QStringLiteral("out"), QStringLiteral("Folder to write into."),
                                 QStringLiteral("DIR"));
    const QCommandLineOption day(
        QStringLiteral("today"),
        QStringLiteral("The day that offers, reviews and holidays stand around (default: today)."),
        QStringLiteral("YYYY-MM-DD"));
    const QCommandLineOption noPictures(QStringLiteral("no-pictures"),
                                        QStringLiteral("Write the feeds only."));
    const QCommandLineOption picture(QStringLiteral("picture"),
                                     QStringLiteral("Draw this picture, and others that are named so."),
                                     QStringLiteral("FILE"));
    parser.addOptions({out, day, noPictures, picture});
    parser.process(application);

    const QDate today =
        parser.isSet(day) ? QDate::fromString(parser.value(day), Qt::ISODate) : QDate::currentDate();
    if (!parser.isSet(out) || !today.isValid() || !parser.positionalArguments().isEmpty()) {
        fmt::print(stderr, "{}", parser.helpText().toStdString());
        return 2;
    }
    if (auto done = run(parser.value(out), today, !parser.isSet(noPictures), parser.values(picture)); !done) {
        fmt::print(stderr, "error demo-chain {}\n", done.error().what);
        return 1;
    }
    return 0;
}
