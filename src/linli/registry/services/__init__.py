"""The only writers of the register: one module an act, one public function a transaction and an audit entry."""
