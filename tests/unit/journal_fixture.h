// A journal in a folder of its own.
#pragma once

#include "support/clocks.h"
#include "sync/journal.h"

#include <QObject>
#include <QTemporaryDir>
#include <QTest>
#include <memory>
#include <string>

namespace silta::test {

inline Journal::Action note(const std::string& text) {
    return [text](Database&, const OperationStamp&) -> Result<Json> { return Json{{"note", text}}; };
}

class JournalFixture : public QObject {
protected:
    FakeClock clock_;
    SeededRandom random_{7};
    std::unique_ptr<QTemporaryDir> folder_;
    std::string path_;   ///< the folder
    std::string lastId_; ///< of an operation

    std::unique_ptr<Journal> open() {
        auto journal = Journal::open(path_, "d1", clock_, random_);
        return journal ? std::move(*journal) : nullptr;
    }
    void fill(Journal& journal, int count) {
        for (int i = 0; i < count; ++i) {
            const auto recorded =
                journal.record({"wishlist/x", "wishlist.add"}, note("n" + std::to_string(i)));
            QVERIFY(recorded);
            lastId_ = recorded->id;
        }
    }
    void makeFolder() {
        folder_ = std::make_unique<QTemporaryDir>();
        path_ = folder_->path().toStdString();
    }
};

} // namespace silta::test
