// Table: a tab-separated text with a header row; '#' starts a comment line.
#pragma once

#include <silta/result.h>

#include <QByteArray>
#include <QHash>
#include <QString>
#include <QStringList>
#include <memory>
#include <vector>

namespace silta::demo {

/// One row; a column that the header does not name reads as an empty text.
class Row {
public:
    Row(const QHash<QString, qsizetype>* columns, QStringList fields)
        : columns_(columns), fields_(std::move(fields)) {}
    [[nodiscard]] QString operator[](const char* column) const;

private:
    const QHash<QString, qsizetype>* columns_; // owned by the Table, which outlives its rows
    QStringList fields_;
};

class Table {
public:
    /// Reads `data/<name>.tsv` from the compiled-in sources.
    /// Errors: NotFound; Invalid (a row with another number of fields than the header).
    static Result<Table> load(const QString& name);

    [[nodiscard]] const std::vector<Row>& rows() const { return rows_; }

private:
    std::unique_ptr<QHash<QString, qsizetype>> columns_;
    std::vector<Row> rows_;
};

/// Collects rows of a feed: fields parted by tabs, rows ended by '\n', UTF-8.
class TableWriter {
public:
    explicit TableWriter(const QStringList& header) { add(header); }
    /// Tabs and line breaks inside a field become spaces.
    void add(const QStringList& fields);
    [[nodiscard]] const QByteArray& bytes() const { return bytes_; }

private:
    QByteArray bytes_;
};

/// Replaces the file in one step. Errors: Io.
Result<void> writeFile(const QString& path, const QByteArray& bytes);

} // namespace silta::demo
