"""What a worker is asked to agree to before registering."""

from collections.abc import Sequence

from flask.views import MethodView

from api.conditional import PUBLIC_FOR_NOW
from api.smorest import Blueprint, ports
from models.consent_documents import ConsentDocument
from schemas.consent_document import ConsentDocumentsSchema
from services import consent_documents

blp = Blueprint(
    "consents", __name__, url_prefix="/v1/consents", description="Documents to agree to"
)


@blp.route("")
class Consents(MethodView):
    @blp.conditional(public=True)
    @blp.response(200, ConsentDocumentsSchema)
    def get(self) -> tuple[dict[str, Sequence[ConsentDocument]], dict[str, str]]:
        """List the documents to agree to

        The version in force of each. Send `document` and `version` back with the registration;
        it needs those that are `required`.
        """
        # Not kept for an hour: who is told that a version is outdated must find the newer one.
        return {"items": consent_documents.current(ports())}, {"Cache-Control": PUBLIC_FOR_NOW}
