#include "view/catalog_service.h"

namespace silta::kiosk {

void CatalogService::open(QObject* receiver, std::string path, std::string homeStoreCode,
                          std::function<void(Result<CatalogInfo>)> reply) {
    queue_.post(
        [this, receiver, path = std::move(path), store = std::move(homeStoreCode), reply = std::move(reply)] {
            auto opened = opener_(path, store);
            if (!opened) return replyTo<Result<CatalogInfo>>(receiver, reply, opened.error());
            auto info = (*opened)->info();
            if (info) reader_ = std::move(*opened);
            const bool isOpen = info.has_value();
            replyTo<Result<CatalogInfo>>(receiver, reply, std::move(info));
            // The index is opened with the first search: now, while nobody waits for it.
            if (isOpen) [[maybe_unused]]
                const auto first = reader_->search({"a"});
        });
}

} // namespace silta::kiosk
