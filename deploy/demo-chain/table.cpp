#include "table.h"

#include <fmt/format.h>

#include <QFile>
#include <QSaveFile>

namespace silta::demo {

QString Row::operator[](const char* column) const {
    const auto it = columns_->constFind(QString::fromLatin1(column));
    return it == columns_->constEnd() ? QString() : fields_.value(*it);
}

Result<Table> Table::load(const QString& name) {
    QFile file(QStringLiteral(":/demo-chain/data/%1.tsv").arg(name));
    if (!file.open(QIODevice::ReadOnly))
        return Error{Errc::NotFound, fmt::format("open table {}: not compiled in", name.toStdString())};
    Table table;
    table.columns_ = std::make_unique<QHash<QString, qsizetype>>();
    int lineNumber = 0;
    for (const QByteArray& bytes : file.readAll().split('\n')) {
        ++lineNumber;
        if (bytes.isEmpty() || bytes.startsWith('#')) continue;
        QStringList fields = QString::fromUtf8(bytes).split(QLatin1Char('\t'));
        if (table.columns_->isEmpty()) {
            for (qsizetype i = 0; i < fields.size(); ++i)
                table.columns_->insert(fields[i], i);
            continue;
        }
        if (fields.size() != table.columns_->size())
            return Error{Errc::Invalid,
                         fmt::format("read table {}: line {} has {} fields, the header {}",
                                     name.toStdString(), lineNumber, fields.size(), table.columns_->size())};
        table.rows_.emplace_back(table.columns_.get(), std::move(fields));
    }
    return table;
}

void TableWriter::add(const QStringList& fields) {
    for (qsizetype i = 0; i < fields.size(); ++i) {
        QString field = fields[i];
        for (const char16_t blank : {u'\t', u'\n', u'\r'})
            field.replace(QChar(blank), QLatin1Char(' '));
        if (i > 0) bytes_ += '\t';
        bytes_ += field.toUtf8();
    }
    bytes_ += '\n';
}

Result<void> writeFile(const QString& path, const QByteArray& bytes) {
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return Error{Errc::Io,
                     fmt::format("write {}: {}", path.toStdString(), file.errorString().toStdString())};
    return {};
}

} // namespace silta::demo
