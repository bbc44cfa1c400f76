#include "pictures.h"

#include "table.h"

#include <fmt/format.h>

#include <QBuffer>
#include <QColor>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QImage>
#include <QPainter>
#include <QRegularExpression>
#include <QSvgRenderer>
#include <algorithm>
#include <array>
#include <atomic>
#include <map>
#include <mutex>
#include <thread>

namespace silta::demo {
namespace {

constexpr int kPicturePixels = 720;
constexpr int kJpegQuality = 82;
/// Half of the machine the demo is written for; the other half serves the desktop.
constexpr int kThreads = 2;
/// Part of each picture's fingerprint: raise it when the way of rendering changes.
constexpr int kRenderVersion = 1;

Result<QString> artText(const QString& name) {
    QFile file(QStringLiteral(":/demo-chain/art/%1.svg").arg(name));
    if (!file.open(QIODevice::ReadOnly))
        return Error{Errc::NotFound,
                     fmt::format("open picture template {}: not compiled in", name.toStdString())};
    return QString::fromUtf8(file.readAll());
}

/// Mixes in another colour; `share` 0..1.
QColor mixed(const QColor& a, const QColor& b, double share) {
    const auto channel = [share](int from, int to) { return static_cast<int>(from + (to - from) * share); };
    return {channel(a.red(), b.red()), channel(a.green(), b.green()), channel(a.blue(), b.blue())};
}

/// Shades drift towards a warm dark and a warm white, as things look in daylight.
std::map<QString, QString> tonesOf(const Color& color) {
    const QColor base(color.hex);
    const QColor accent(color.accent);
    const QColor night(0x1d, 0x18, 0x1a);
    const QColor day(0xff, 0xfb, 0xf4);
    const bool isPale = qGray(base.rgb()) > 150;
    // White goods would drown in the light backdrop that suits everything else.
    const bool isWhite = qGray(base.rgb()) > 218;
    return {{QStringLiteral("wall-top"), isWhite ? QStringLiteral("#b9aea0") : QStringLiteral("#e3ddd4")},
            {QStringLiteral("wall"), isWhite ? QStringLiteral("#cfc5b8") : QStringLiteral("#efebe4")},
            {QStringLiteral("wall-fold"), isWhite ? QStringLiteral("#c5baac") : QStringLiteral("#e9e4db")},
            {QStringLiteral("floor"), isWhite ? QStringLiteral("#d6cdc1") : QStringLiteral("#f3f0ea")},
            {QStringLiteral("sunlight"), isWhite ? QStringLiteral("0.38") : QStringLiteral("0.85")},
            {QStringLiteral("accent-ink"),
             qGray(accent.rgb()) > 150 ? QStringLiteral("#3a3331") : QStringLiteral("#fffaf0")},
            {QStringLiteral("c"), base.name()},
            {QStringLiteral("c-light"), mixed(base, day, isPale ? 0.55 : 0.28).name()},
            {QStringLiteral("c-pale"), mixed(base, day, 0.78).name()},
            {QStringLiteral("c-dark"), mixed(base, night, isPale ? 0.2 : 0.3).name()},
            {QStringLiteral("c-deep"), mixed(base, night, isPale ? 0.42 : 0.55).name()},
            {QStringLiteral("accent"), accent.name()},
            {QStringLiteral("accent-light"), mixed(accent, day, 0.3).name()},
            {QStringLiteral("accent-dark"), mixed(accent, night, 0.3).name()},
            {QStringLiteral("ink"), isPale ? QStringLiteral("#3a3331") : QStringLiteral("#fbf6ec")}};
}

/// Keeps `{{#b}}…{{/b}}` of the wanted style and drops the other styles' parts; `{{#ac}}` serves two styles.
/// Sections of other letters may stand inside.
QString withStyle(const QString& svg, QChar style) {
    static const QRegularExpression kSection(QStringLiteral("\\{\\{#([a-f]+)\\}\\}(.*?)\\{\\{/\\1\\}\\}"),
                                             QRegularExpression::DotMatchesEverythingOption);
    QString chosen;
    qsizetype from = 0;
    for (auto it = kSection.globalMatch(svg); it.hasNext();) {
        const auto match = it.next();
        chosen += QStringView(svg).mid(from, match.capturedStart() - from);
        if (match.captured(1).contains(style)) chosen += match.captured(2);
        from = match.capturedEnd();
    }
    return from == 0 ? svg : withStyle(chosen + svg.mid(from), style);
}

/// Breaks a name into three lines for a cover, as even as its words allow.
std::array<QString, 3> linesOf(const QString& text) {
    std::array<QString, 3> lines;
    std::size_t at = 0;
    const qsizetype wanted = std::max<qsizetype>(8, text.size() / 3);
    for (const QString& word : text.split(QLatin1Char(' '))) {
        if (!lines[at].isEmpty() && lines[at].size() + 1 + word.size() > wanted + 2 && at + 1 < lines.size())
            ++at;
        lines[at] += (lines[at].isEmpty() ? QString() : QStringLiteral(" ")) + word;
    }
    return lines;
}

struct Job {
    QString file, svg;
    QByteArray fingerprint;
};

Result<QByteArray> render(const Job& job) {
    QSvgRenderer renderer(job.svg.toUtf8());
    if (!renderer.isValid())
        return Error{Errc::Invalid, fmt::format("render {}: not valid SVG", job.file.toStdString())};
    QImage image(kPicturePixels, kPicturePixels, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    renderer.render(&painter);
    painter.end();
    QByteArray bytes;
    QBuffer buffer(&bytes);
    if (!buffer.open(QIODevice::WriteOnly) || !image.save(&buffer, "JPG", kJpegQuality))
        return Error{Errc::Io, fmt::format("encode {}: no JPEG writer", job.file.toStdString())};
    return bytes;
}

/// One line a picture: file name and fingerprint of the drawing that it was made from.
QHash<QString, QByteArray> readIndex(const QString& path) {
    QHash<QString, QByteArray> index;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) return index;
    for (const QByteArray& line : file.readAll().split('\n')) {
        const qsizetype tab = line.indexOf('\t');
        if (tab > 0) index.insert(QString::fromUtf8(line.left(tab)), line.mid(tab + 1));
    }
    return index;
}

Result<std::vector<Job>> jobsOf(const Assortment& assortment, const QStringList& only) {
    std::vector<Job> jobs;
    for (const Model& model : assortment.models) {
        for (const Color* color : model.colors) {
            auto file = QStringLiteral("%1-%2.jpg").arg(model.key, color->key);
            if (!only.isEmpty() && !only.contains(file)) continue;
            auto svg = pictureSvg(model, *color);
            if (!svg) return svg.error();
            QByteArray fingerprint = QCryptographicHash::hash(
                svg->toUtf8() + QByteArray::number(kRenderVersion), QCryptographicHash::Sha256);
            jobs.push_back({std::move(file), std::move(*svg), fingerprint.toHex().left(32)});
        }
    }
    return jobs;
}

} // namespace

Result<QString> pictureSvg(const Model& model, const Color& color) {
    auto frame = artText(QStringLiteral("studio"));
    auto art = artText(model.art);
    for (const auto* text : {&frame, &art}) {
        if (!*text) return text->error();
    }
    QString svg = *frame;
    svg.replace(QLatin1String("{{content}}"), *art);
    if (!model.artStyles.isEmpty())
        svg = withStyle(svg, model.artStyles[model.style % model.artStyles.size()]);
    for (const auto& [name, value] : tonesOf(color))
        svg.replace(QStringLiteral("{{%1}}").arg(name), value);
    const QString series = model.series.isEmpty() ? model.brand : model.series;
    const auto lines = linesOf(series);
    for (std::size_t i = 0; i < lines.size(); ++i)
        svg.replace(QStringLiteral("{{line%1}}").arg(i + 1), lines[i].toHtmlEscaped());
    svg.replace(QLatin1String("{{brand}}"), model.brand.toHtmlEscaped());
    svg.replace(QLatin1String("{{series}}"), series.toHtmlEscaped());
    svg.replace(QLatin1String("{{measure}}"), model.measure.toHtmlEscaped());
    if (const qsizetype open = svg.indexOf(QLatin1String("{{")); open >= 0)
        return Error{Errc::Invalid, fmt::format("fill picture template {}: unknown placeholder {}",
                                                model.art.toStdString(), svg.mid(open, 20).toStdString())};
    return svg;
}

Result<PictureCount> drawPictures(const Assortment& assortment, const QString& folder,
                                  const QStringList& only) {
    if (!QDir().mkpath(folder))
        return Error{Errc::Io, fmt::format("create {}: refused", folder.toStdString())};
    auto jobs = jobsOf(assortment, only);
    if (!jobs) return jobs.error();
    const QString indexPath = folder + QStringLiteral("/index.tsv");
    const QHash<QString, QByteArray> known = readIndex(indexPath);

    std::atomic<std::size_t> next = 0;
    std::mutex mutex; // guards count and failure
    PictureCount count;
    std::optional<Error> failure;
    const auto work = [&] {
        while (true) {
            const std::size_t at = next++;
            if (at >= jobs->size()) return;
            const Job& job = (*jobs)[at];
            const QString path = folder + QLatin1Char('/') + job.file;
            const bool isKnown = known.value(job.file) == job.fingerprint && QFile::exists(path);
            std::optional<Error> error;
            if (!isKnown) {
                auto bytes = render(job);
                if (!bytes)
                    error = bytes.error();
                else if (auto done = writeFile(path, *bytes); !done)
                    error = done.error();
            }
            const std::lock_guard lock(mutex);
            ++(isKnown ? count.kept : count.drawn);
            if (error) {
                failure = std::move(error);
                next = jobs->size();
            }
        }
    };
    {
        std::array<std::jthread, kThreads> threads;
        for (auto& thread : threads)
            thread = std::jthread(work);
    }
    if (failure) return *failure;
    QByteArray index;
    for (const Job& job : *jobs)
        index += job.file.toUtf8() + '\t' + job.fingerprint + '\n';
    if (auto done = writeFile(indexPath, index); !done) return done.error();
    return count;
}

} // namespace silta::demo
