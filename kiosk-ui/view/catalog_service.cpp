#include "view/catalog_service.h"

#include <silta/browse.h>

namespace silta::kiosk {

void CatalogService::open(QObject* receiver, std::string path, std::string homeStoreCode, UtcMs now,
                          std::function<void(Result<CatalogInfo>)> reply) {
    queue_.post([this, receiver, path = std::move(path), store = std::move(homeStoreCode), now,
                 reply = std::move(reply)] {
        auto opened = opener_(path, store);
        if (!opened) return replyTo<Result<CatalogInfo>>(receiver, reply, opened.error());
        auto info = (*opened)->info();
        if (info) reader_ = std::move(*opened);
        const bool isOpen = info.has_value();
        replyTo<Result<CatalogInfo>>(receiver, reply, std::move(info));
        if (!isOpen) return;
        // The index is opened with the first search, and facets are read with the first that browses: now,
        // while nobody waits for it.
        BrowseQuery query;
        query.text = "a ";
        query.now = now;
        [[maybe_unused]] const auto first = reader_->browse(query);
    });
}

} // namespace silta::kiosk
