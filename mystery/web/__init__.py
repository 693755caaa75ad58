"""What all pages share: language, headers, navigation, formats, forms, paging."""
