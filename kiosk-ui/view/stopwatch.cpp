#include "view/stopwatch.h"

namespace silta::kiosk {

Stopwatch::Stopwatch(SearchView& search, QQuickWindow& window, QObject* parent)
    : QObject(parent), search_(search), window_(window) {
    connect(&search_, &SearchView::changed, this, &Stopwatch::takeAnswer);
    // The GUI thread stands still while the scene is synchronised, so its flags may be read then.
    connect(&window_, &QQuickWindow::beforeSynchronizing, this, &Stopwatch::sync, Qt::DirectConnection);
    connect(&window_, &QQuickWindow::frameSwapped, this, &Stopwatch::swap, Qt::DirectConnection);
}

void Stopwatch::start() {
    expecting_ = false;
    for (Stage* stage : {&first_, &whole_}) {
        stage->isAnswered = false;
        stage->isSynced = false;
        stage->ms = -1;
    }
    start_ = std::chrono::steady_clock::now();
}

void Stopwatch::takeAnswer() {
    if (!expecting_) return;
    first_.isAnswered = true;
    whole_.isAnswered = !search_.busy();
    window_.update(); // the same results again would draw nothing
}

void Stopwatch::sync() {
    for (Stage* stage : {&first_, &whole_})
        stage->isSynced = stage->isAnswered;
}

void Stopwatch::swap() {
    const std::chrono::duration<double, std::milli> passed = std::chrono::steady_clock::now() - start_;
    for (Stage* stage : {&first_, &whole_})
        if (stage->isSynced && stage->ms < 0) stage->ms = passed.count();
}

std::optional<double> Stopwatch::timeOf(const Stage& stage) {
    const double ms = stage.ms;
    return ms < 0 ? std::nullopt : std::optional(ms);
}

} // namespace silta::kiosk
