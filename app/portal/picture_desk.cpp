#include "portal/picture_desk.h"

#include "core/log.h"
#include "portal/limits.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace silta::portal {

namespace {

constexpr std::string_view kFolder = "/pictures/";

struct Place {
    const char* name;
    ThumbnailWish wish;
};

/// Twice the pixels that a phone's page gives them: the shapes stand in the style sheet, too. Seven offers
/// stay under 21 kB and ten lines under 15 kB, whatever they show.
Place placeOf(PicturePlace place) {
    switch (place) {
    case PicturePlace::Large:
        return {"large", {640, 640, 7'500}};
    case PicturePlace::Small:
        return {"small", {336, 336, 2'200}};
    case PicturePlace::Line:
        break;
    }
    return {"line", {192, 192, 1'500}};
}

std::string pathOf(const std::string& name, PicturePlace place) {
    return fmt::format("{}{}-{}.webp", kFolder, name, placeOf(place).name);
}

bool isName(std::string_view name) {
    return !name.empty() && name.size() <= kPictureNameBytesMax &&
           std::ranges::all_of(name, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

} // namespace

PictureDesk::PictureDesk(Fetch fetch, Shrink shrink, const Clock& clock)
    : fetch_(std::move(fetch)), shrink_(std::move(shrink)), clock_(clock),
      thread_([this](const std::stop_token& stop) { work(stop); }) {}

PictureDesk::~PictureDesk() {
    thread_.request_stop();
    changed_.notify_all();
}

void PictureDesk::want(const std::vector<std::string>& names, PicturePlace place) {
    const std::lock_guard lock(mutex_);
    const auto now = clock_.steadyMs();
    for (const auto& name : names) {
        if (!isName(name)) continue;
        const auto path = pathOf(name, place);
        const auto kept = kept_.find(path);
        if (kept != kept_.end()) {
            kept->second.wantedAt = ++wants_;
            if (kept->second.bytes || now < kept->second.againMs) continue;
        }
        if (path == making_) continue;
        if (queue_.size() >= kPicturesWaitingMax) break;
        const auto isQueued = [&](const Wanted& w) { return w.name == name && w.place == place; };
        if (std::ranges::any_of(queue_, isQueued)) continue;
        queue_.push_back({name, place});
        changed_.notify_all();
    }
}

void PictureDesk::wait(std::int64_t ms) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::milliseconds(ms),
                      [this] { return queue_.empty() && making_.empty(); });
}

Picture PictureDesk::ready(const std::string& name, PicturePlace place) const {
    Picture picture{name, {}, 0};
    if (!isName(name)) return picture;
    auto path = pathOf(name, place);
    const std::lock_guard lock(mutex_);
    const auto kept = kept_.find(path);
    if (kept == kept_.end() || !kept->second.bytes) return picture;
    picture.path = std::move(path);
    picture.bytes = kept->second.bytes->size();
    return picture;
}

std::shared_ptr<const std::string> PictureDesk::find(const std::string& path) const {
    const std::lock_guard lock(mutex_);
    const auto kept = kept_.find(path);
    return kept == kept_.end() ? nullptr : kept->second.bytes;
}

void PictureDesk::work(const std::stop_token& stop) {
    for (;;) {
        Wanted wanted;
        {
            std::unique_lock lock(mutex_);
            if (!changed_.wait(lock, stop, [this] { return !queue_.empty(); })) return;
            wanted = std::move(queue_.front());
            queue_.pop_front();
            making_ = pathOf(wanted.name, wanted.place);
        }
        make(wanted);
    }
}

void PictureDesk::make(const Wanted& wanted) {
    auto picture = fetch_(wanted.name);
    auto small = picture ? shrink_(*picture, placeOf(wanted.place).wish) : picture;
    if (picture && !small) log::warning("portal", "picture {} left out: {}", wanted.name, small.error().what);
    const std::lock_guard lock(mutex_);
    auto& kept = kept_[pathOf(wanted.name, wanted.place)];
    kept.bytes = small ? std::make_shared<const std::string>(std::move(*small)) : nullptr;
    kept.againMs = clock_.steadyMs() + (picture ? kPictureRefusedMs : kPictureAbsentMs);
    kept.wantedAt = ++wants_;
    if (kept_.size() > kPicturesKeptMax) forgetOldest();
    making_.clear();
    changed_.notify_all();
}

void PictureDesk::forgetOldest() {
    kept_.erase(std::ranges::min_element(kept_, {}, [](const auto& entry) { return entry.second.wantedAt; }));
}

} // namespace silta::portal
