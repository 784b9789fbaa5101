"""Coordinate compounds that mean the same with their syllables turned around: *bảo đảm* and *đảm bảo*.

The parts of such a compound (*từ ghép đẳng lập*) are equals, so many stand in either order (Nguyễn Tài Cẩn, *Ngữ pháp tiếng Việt*, 1975).
Not those that became words of their own: *thu chi* and *chi thu*, but not *buôn bán* (trade) and *bán buôn* (wholesale).
"""

from __future__ import annotations

from functools import cache

from analyzers.keys import marked_key

COMPOUNDS = tuple(
    """
ao ước, biến chuyển, biệt ly, bè bạn, bảo đảm, bền vững, bềnh bồng, bủa vây, ca ngợi, chinh chiến, chung thủy, chuyển dịch, chuyển vận,
chuyện trò, chọn lựa, chối từ, cảm thông, cảm xúc, cản ngăn, cận kề, cội nguồn, cột trụ, cực khổ, dang dở, diệu kỳ, diệu huyền, dày dạn,
dáng vóc, dãi dầu, dào dạt, dò hỏi, dẫn truyền, giản đơn, giống nòi, giữ gìn, hiu hắt, hiu quạnh, hiểm nguy, hiểm ác, hoảng hốt, huyền ảo,
hèn yếu, hò hẹn, hò reo, hòa thuận, hóa sinh, hưởng thụ, hẫng hụt, hận thù, hẹn ước, hồi phục, hội tụ, hờ hững, hờn tủi, im lặng,
khai triển, khao khát, khe khắt, khen ngợi, khoa ngoại, khoa nội, khôn lớn, khỏe mạnh, kết nối, lan tràn, lay lắt, luyện tập, luật pháp,
lãng quên, lơ lửng, lẫy lừng, lặng yên, lợi ích, mai mỉa, manh mối, mong ước, muộn phiền, màu sắc, mòn mỏi, mù mịt, mơ ước, mê say,
mến thương, mến yêu, mềm yếu, mệt mỏi, nghiêm trang, nghĩ suy, nghĩa tình, nghỉ ngơi, ngoại nhập, nguyên vẹn, nguyện ước, ngây ngất,
ngóng trông, ngơ ngẩn, ngập úng, nhớ thương, non nước, nuối tiếc, phí tổn, quang vinh, quanh quẩn, quyền uy, rình rập, tha thiết,
thay đổi, thu chi, thú vui, thơ văn, thương tiếc, thương tổn, thương xót, thương yêu, thẫn thờ, tiếp đón, tiễn đưa, toàn vẹn, tranh truyện,
trùng điệp, tái tê, tăm tối, tơi tả, vơ vẩn, vương vấn, xác xơ, ái ân, êm ấm, đau đớn, đờ đẫn
""".replace("\n", " ")
    .strip()
    .split(", ")
)
"""One order of each."""


def turns(left: str, right: str) -> bool:
    """Whether two marked keys make a compound that means the same with the right one first."""
    return (left, right) in _known()


@cache
def _known() -> frozenset[tuple[str, str]]:
    found = {(marked_key(left), marked_key(right)) for left, right in map(str.split, COMPOUNDS)}
    return frozenset({*found, *((right, left) for left, right in found)})
