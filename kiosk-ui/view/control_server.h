// ControlServer: the test seam. One line in, one line of JSON out, on a Unix socket of the same user.
#pragma once

#include "view/kiosk_controller.h"
#include "view/stopwatch.h"

#include <QLocalServer>
#include <QLocalSocket>
#include <QQuickWindow>

namespace silta::kiosk {

/// Longest command line: a scanned code and the word before it.
inline constexpr qint64 kCommandBytesMax = 8'192;

/// Commands: `page`, `texts`, `state`, `tap <objectName>`, `type <objectName> <text>`, `scan <code>`,
/// `language <code>`, `grab <file.png>`, `time <objectName> <text>` (as `type`, with a stopwatch on the
/// search) and `times` (what it says: milliseconds to the first results on the screen, and to all of them).
/// Answers: an object with "ok" and what was asked for, or "error". Off unless asked for on the command line.
/// Thread: GUI.
class ControlServer : public QObject {
    Q_OBJECT

public:
    ControlServer(KioskController& controller, QQuickWindow& window, QObject* parent = nullptr);
    /// Errors: Io.
    Result<void> listen(const QString& path);
    /// One command, without its newline. Answers one line of JSON, without its newline.
    [[nodiscard]] std::string answer(const QString& command);

private:
    [[nodiscard]] std::string state() const;
    void read(QLocalSocket* socket);

    KioskController& controller_;
    QQuickWindow& window_;
    Stopwatch stopwatch_;
    QLocalServer server_;
};

} // namespace silta::kiosk
