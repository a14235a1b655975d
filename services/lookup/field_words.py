"""What the fields are called that may be revealed."""

from collections.abc import Mapping

from models.values.staff_fields import StaffField
from models.values.words import Words

FIELDS: Mapping[StaffField, Words] = {
    StaffField.REGISTRATION_NUMBER: Words("Nomor pendaftaran", "Registration number"),
    StaffField.MEMBER_NUMBER: Words("Nomor peserta (KPJ)", "Member number (KPJ)"),
    StaffField.NIK: Words("NIK", "NIK"),
    StaffField.BIRTH_DATE: Words("Tanggal lahir", "Birth date"),
    StaffField.BIRTH_PLACE: Words("Tempat lahir", "Birth place"),
    StaffField.MOTHER_MAIDEN_NAME: Words("Nama gadis ibu kandung", "Mother's maiden name"),
    StaffField.PHONE: Words("Nomor HP", "Phone number"),
    StaffField.EMAIL: Words("Email", "E-mail"),
    StaffField.ADDRESS: Words("Alamat", "Address"),
    StaffField.MONTHLY_INCOME: Words("Penghasilan sebulan", "Monthly income"),
    StaffField.KUSUKA_NUMBER: Words("Nomor KUSUKA", "KUSUKA number"),
    StaffField.VIRTUAL_ACCOUNT_NO: Words("Nomor virtual account", "Virtual account number"),
}
