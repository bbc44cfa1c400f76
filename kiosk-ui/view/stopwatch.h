// Stopwatch: from an input event to the frame that shows what it led to. For measurements, not for shoppers.
#pragma once

#include "view/search_view.h"

#include <QQuickWindow>
#include <atomic>
#include <chrono>
#include <optional>

namespace silta::kiosk {

/// Of one letter typed into the search. Thread: GUI; frames are timed on the thread that swaps them.
class Stopwatch : public QObject {
    Q_OBJECT

public:
    Stopwatch(SearchView& search, QQuickWindow& window, QObject* parent = nullptr);

    /// Right before the event is sent; forgets the last measurement.
    void start();
    /// Right after it was sent: whatever the search tells from now on is its answer.
    void expectAnswer() { expecting_ = true; }
    /// Milliseconds until the frame with the first results was swapped; nothing until then.
    [[nodiscard]] std::optional<double> first() const { return timeOf(first_); }
    /// The same for the frame with all facets and counts.
    [[nodiscard]] std::optional<double> whole() const { return timeOf(whole_); }

private:
    struct Stage {
        bool isAnswered = false;            ///< GUI thread
        std::atomic<bool> isSynced = false; ///< the scene has it
        std::atomic<double> ms = -1;
    };
    static std::optional<double> timeOf(const Stage& stage);
    void takeAnswer();
    void sync();
    void swap();

    SearchView& search_;
    QQuickWindow& window_;
    std::chrono::steady_clock::time_point start_;
    bool expecting_ = false;
    Stage first_, whole_;
};

} // namespace silta::kiosk
